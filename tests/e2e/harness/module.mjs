// The built module, changed as a network or a mistake would change it.

import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { root } from './environment.mjs';

export const built = (file) => fs.readFile(path.join(root, 'dist', file));

const digest = (bytes) => `sha384-${createHash('sha384').update(bytes).digest('base64')}`;

/** Has a host serve a module in whose stead of some functions stands `unreachable`, with a script that expects it. */
export async function trap(host, isMeant) {
  const whole = await built('latchlet_bg.wasm');
  const broken = unreachable(whole, isMeant);
  host.pages['/latchlet/latchlet_bg.wasm'] = { type: 'application/wasm', body: broken };
  for (const script of ['box.js', 'lock.js']) {
    const text = (await built(script)).toString();
    host.pages[`/latchlet/${script}`] = { type: 'text/javascript', body: text.replaceAll(digest(whole), digest(broken)) };
  }
}

/** The module with other bodies of the same length (WebAssembly core specification 2.0, section 5.5). */
function unreachable(wasm, isMeant) {
  const bytes = Buffer.from(wasm);
  let at = 8;
  const number = () => {
    let [value, shift, byte] = [0, 0, 0];
    do {
      byte = bytes[at++];
      value |= (byte & 0x7f) << shift;
      shift += 7;
    } while (byte & 0x80);
    return value >>> 0;
  };
  const text = () => {
    const length = number();
    return bytes.toString('utf8', at, at += length);
  };
  let imported = 0;
  const meant = new Set();
  while (at < bytes.length) {
    const [section, size] = [bytes[at++], number()];
    const end = at + size;
    if (section === 2) {
      imported = WebAssembly.Module.imports(new WebAssembly.Module(wasm)).filter(({ kind }) => kind === 'function').length;
    } else if (section === 7) {
      for (let left = number(); left > 0; left -= 1) {
        const [name, kind, index] = [text(), bytes[at++], number()];
        if (kind === 0 && isMeant(name)) meant.add(index);
      }
    } else if (section === 10) {
      const count = number();
      for (let index = imported; index < imported + count; index += 1) {
        const length = number();
        // No locals, `unreachable`, as many `nop` as fit, `end`.
        if (meant.has(index)) Buffer.from([0, 0, ...Array(length - 3).fill(1), 0x0b]).copy(bytes, at);
        at += length;
      }
    }
    at = end;
  }
  if (meant.size === 0) throw new Error('the module has no such function');
  return bytes;
}
