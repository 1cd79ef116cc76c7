// Loads the second module. `cargo xtask dist` puts this beside the glue of the
// first one and makes one script of both.
//
// The two are cut from one program, and one of another build would run wild:
// what comes must be, byte for byte, what was built with this script.

/* global LATER_DIGEST */
import { initSync } from './latchlet.js';

let coming;

async function load() {
  const url = new URL('./latchlet_later_bg.wasm', import.meta.url);
  // Without a prototype: what a page has put there is no option of ours.
  const options = Object.assign(Object.create(null), { integrity: LATER_DIGEST });
  const reply = await fetch(url, options);
  const bytes = await reply.arrayBuffer();
  await WebAssembly.instantiate(bytes, { __wasm_split: initSync() });
}

export async function __wasm_split_load_later(callBack, data) {
  let came = true;
  try {
    await (coming ??= load());
  } catch (error) {
    console.error(error);
    coming = undefined;
    came = false;
  }
  initSync().__indirect_function_table.get(callBack)(data, came);
}
