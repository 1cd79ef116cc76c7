// What `show()` says, over what the constructor said.

type Plain = Record<string, unknown>;

/** Whether it is an object as one writes it, and no element, list or date. */
export function isPlain(value: unknown): value is Plain {
  if (typeof value !== 'object' || value === null) return false;
  const parent: unknown = Object.getPrototypeOf(value);
  return parent === null || Object.getPrototypeOf(parent) === null;
}

/**
 * Objects are merged, at every depth; anything else replaces. Lock replaces
 * `auth.params`, too, so that a parameter can be left out.
 */
export function merge<T extends object>(base: T, over: object): T {
  const under = base as Plain;
  const merged = Object.entries(over).map(([name, value]) => {
    const old = Object.hasOwn(under, name) ? under[name] : undefined;
    const both = name !== 'params' && isPlain(old) && isPlain(value);
    return [name, both ? merge(old, value) : value];
  });
  // Own properties only, whatever they are called: `__proto__` is a name.
  return Object.fromEntries([...Object.entries(under), ...merged]) as T;
}
