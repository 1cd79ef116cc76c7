// The Wasm module: fetched once for a page, and not before it is needed.

import { LatchletError } from './result.js';

type Widget = typeof import('./latchlet.js');

let loading: Promise<Widget> | undefined;

/** The module, started. A fetch that failed is tried again by the next call. */
export function load(): Promise<Widget> {
  loading ??= start().catch((cause: unknown) => {
    loading = undefined;
    console.error(cause);
    throw new LatchletError(
      'load_failed',
      'Latchlet could not be loaded: check the connection and the content security policy',
    );
  });
  return loading;
}

async function start(): Promise<Widget> {
  const widget = await import('./latchlet.js');
  await widget.default();
  return widget;
}
