// The package as npm gets it: `dist/` for bundlers, with types, and `cdn/` for
// tags, under stable names and under names that change with what is in them.

import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { declarations } from './types.mjs';
import { digest, digests, home, options } from './scripts.mjs';

const built = path.join(home, '../../dist');
const modules = ['latchlet.js', 'latchlet_bg.wasm', 'latchlet_later_bg.wasm', 'latchlet_check.js', 'latchlet_check_bg.wasm'];

export async function pack() {
  await forBundlers(path.join(home, 'dist'));
  await forTags(path.join(home, 'cdn'));
}

/** A bundler makes another file of the glue: only the Wasm is as it was. */
async function forBundlers(dist) {
  await empty(dist);
  await copy([...modules, 'latchlet.d.ts'], dist);
  const { 'latchlet_bg.wasm': wasm } = await digests(dist);
  await build({ ...options({ 'latchlet_bg.wasm': wasm }), outdir: dist, splitting: true, chunkNames: 'shared-[hash]' });
  await declarations(dist);
}

async function forTags(cdn) {
  await empty(cdn);
  const files = [...modules, 'box.js', 'lock.js'];
  await copy(files, cdn);
  const manifest = await digests(cdn);
  // Each names the next: what is named is renamed first.
  const named = new Map();
  for (const file of ['latchlet_later_bg.wasm', 'latchlet_check_bg.wasm', 'latchlet_check.js', 'latchlet_bg.wasm', 'latchlet.js', 'box.js', 'lock.js']) {
    let bytes = await fs.readFile(path.join(cdn, file));
    if (file.endsWith('.js')) bytes = Buffer.from(renamed(bytes.toString(), named, manifest));
    const { name, ext } = path.parse(file);
    const hashed = `${name}-${createHash('sha256').update(bytes).digest('hex').slice(0, 10)}${ext}`;
    named.set(file, hashed);
    manifest[hashed] = digest(bytes);
    await fs.writeFile(path.join(cdn, hashed), bytes);
  }
  await fs.writeFile(path.join(cdn, 'integrity.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
}

/** A script that names other files, by their other names and digests. */
function renamed(script, named, manifest) {
  const names = [...named].reduce((text, [file, hashed]) => text.replaceAll(file, hashed), script);
  return [...named].reduce((text, [file, hashed]) => text.replaceAll(manifest[file], manifest[hashed]), names);
}

async function empty(folder) {
  await fs.rm(folder, { recursive: true, force: true });
  await fs.mkdir(folder);
}

async function copy(files, into) {
  await Promise.all(files.map((file) => fs.copyFile(path.join(built, file), path.join(into, file))));
}
