// A promise, and the two ways to end it.

export interface Pledge<T> {
  promise: Promise<T>;
  keep: (value: T) => void;
  breakWith: (reason: unknown) => void;
}

export function pledge<T>(): Pledge<T> {
  let keep!: Pledge<T>['keep'];
  let breakWith!: Pledge<T>['breakWith'];
  const promise = new Promise<T>((resolve, reject) => {
    keep = resolve;
    breakWith = reject;
  });
  // Nobody has to wait for it.
  promise.catch(() => undefined);
  return { promise, keep, breakWith };
}
