// A Wasm module that has trapped: a panic, or an instruction that cannot be done.
// Its memory is as that moment left it, and nothing in it is called any more.

/** Whether something was thrown because the module at an address has trapped. */
export function isTrap(thrown: unknown, address: string): boolean {
  if (typeof WebAssembly !== 'object' || !(thrown instanceof WebAssembly.RuntimeError)) return false;
  // The page may run other modules. Not every browser names the file.
  const [, file] = /(\w+:\/\/[^\s()@]+?):wasm-function/.exec(thrown.stack ?? '') ?? [];
  return !file || file.startsWith('wasm:') || file === address;
}

/** Calls back when the module has trapped, wherever that came to light. */
export function onTrap(address: string, trapped: () => void): void {
  const hear = (thrown: unknown) => {
    if (isTrap(thrown, address)) trapped();
  };
  addEventListener('error', ({ error }) => hear(error));
  addEventListener('unhandledrejection', ({ reason }) => hear(reason));
}
