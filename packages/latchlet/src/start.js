// What stands before the glue of the Wasm module: however many scripts of a page
// load it, there is one instance.

import init from './latchlet.js';

export * from './latchlet.js';

let started;

export default function start(from) {
  started ??= init(from).catch((cause) => {
    started = undefined;
    throw cause;
  });
  return started;
}
