// A page whose Wasm waits until the test lets it come, and what stands there.

import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { executable } from './environment.mjs';

/** Holds the Wasm of a page back. What is returned lets it come. */
export async function hold(page) {
  let release;
  const gate = new Promise((resolve) => { release = resolve; });
  await page.route('**/latchlet_bg.wasm', async (route) => {
    await gate;
    await route.continue();
  });
  return release;
}

/** All of a box that a page or a person could tell from another one. Elements are numbered when they are first seen. */
export function tree(page) {
  return page.locator('[part="box"]').evaluate((box) => {
    globalThis.seen ??= new Map();
    const nameless = (text) => text.replaceAll(/latchlet-p?\d+-/g, '#');
    const order = [];
    const read = (element) => {
      if (!globalThis.seen.has(element)) globalThis.seen.set(element, globalThis.seen.size);
      order.push(globalThis.seen.get(element));
      const attributes = [...element.attributes].filter(({ name }) => name !== 'data-painted').map(({ name, value }) => `${name}=${nameless(value)}`);
      const inside = [...element.childNodes].map((node) => (node instanceof Element ? read(node) : node.data));
      // Texts beside each other are one to everybody.
      const children = inside.reduce((all, one) => {
        const last = all.at(-1);
        return typeof one === 'string' && typeof last === 'string' ? [...all.slice(0, -1), last + one] : [...all, one];
      }, []);
      const { x, y, width, height } = element.getBoundingClientRect();
      return { tag: element.localName, attributes: attributes.sort(), at: [x, y, width, height].join(' '), children };
    };
    const root = read(box);
    return { root, order };
  });
}

/** What `latchlet compile` makes of a config. */
export async function compiled(config) {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'latchlet-compile-'));
  try {
    const file = path.join(folder, 'config.json');
    await fs.writeFile(file, JSON.stringify(config));
    const { stdout } = await promisify(execFile)(executable('LATCHLET_TEST_SERVER'), ['compile', file], { maxBuffer: 1 << 24 });
    return JSON.parse(stdout);
  } finally {
    await fs.rm(folder, { recursive: true });
  }
}
