// The scripts of the package, by esbuild and terser.

import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { minify } from 'terser';

export const home = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** What a page may load, by the name of its file. */
export const entries = { box: path.join(home, 'src/define.ts'), lock: path.join(home, 'src/lock.ts') };

/** A style sheet as a string, for a constructable sheet to take. */
const sheets = {
  name: 'sheets',
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path: file }) => {
      // What light-dark() would become for old browsers is longer than it is.
      const { outputFiles: [css] } = await build({ entryPoints: [file], bundle: true, minify: true, target: 'esnext', write: false });
      return { contents: css.text.trim(), loader: 'text' };
    });
  },
};

const common = { bundle: true, format: 'esm', target: 'es2022', charset: 'utf8', legalComments: 'none', logLevel: 'warning' };

/** How the scripts are built that know the digests of some files, or of none. */
export function options(digests) {
  const define = {
    GLUE_DIGEST: JSON.stringify(digests['latchlet.js'] ?? ''),
    WASM_DIGEST: JSON.stringify(digests['latchlet_bg.wasm'] ?? ''),
  };
  return { ...common, entryPoints: entries, minify: true, external: ['./latchlet.js'], plugins: [sheets], define };
}

/** The glue of wasm-bindgen, with the JavaScript that stands beside Rust. */
export async function glue(into) {
  const file = path.join(into, 'latchlet.js');
  const later = await fs.readFile(path.join(into, 'latchlet_later_bg.wasm'));
  // A namespace would be made by a descriptor, in which a page's prototypes show.
  const whole = /import \* as (\w+) from "\.\/__wasm_split\.js"/;
  const made = await fs.readFile(file, 'utf8');
  if (!whole.test(made)) throw new Error('the glue does not import what loads the second module');
  const named = (_, name) => `import { __wasm_split_load_later } from "./__wasm_split.js"; const ${name} = { __wasm_split_load_later }`;
  await fs.writeFile(file, made.replace(whole, named));
  await build({
    ...common,
    define: { LATER_DIGEST: JSON.stringify(digest(later)) },
    stdin: { contents: await fs.readFile(path.join(home, 'src/start.js'), 'utf8'), resolveDir: into },
    outfile: file,
    allowOverwrite: true,
    external: ['./latchlet_check.js'],
  });
  await fs.rm(path.join(into, '__wasm_split.js'));
  await fs.rm(path.join(into, 'snippets'), { recursive: true });
}

/** Builds what loads the modules of a folder, and shortens all of its scripts. */
export async function scripts(into) {
  const beside = (await fs.readdir(into)).filter((file) => file.endsWith('.js'));
  await Promise.all(beside.map((file) => shorten(path.join(into, file))));
  await build({ ...options(await digests(into)), outdir: into });
  await Promise.all(Object.keys(entries).map((name) => shorten(path.join(into, `${name}.js`))));
  await fs.writeFile(path.join(into, 'integrity.json'), `${JSON.stringify(await digests(into), undefined, 2)}\n`);
}

/** The digests of the scripts and modules in a folder, as `integrity` takes them. */
export async function digests(folder) {
  const files = (await fs.readdir(folder)).filter((file) => /^(box|lock|latchlet\w*)\.(js|wasm)$/.test(file)).sort();
  const found = files.map(async (file) => [file, digest(await fs.readFile(path.join(folder, file)))]);
  return Object.fromEntries(await Promise.all(found));
}

export function digest(bytes) {
  return `sha384-${createHash('sha384').update(bytes).digest('base64')}`;
}

async function shorten(file) {
  const { code } = await minify(await fs.readFile(file, 'utf8'), { module: true, compress: true, mangle: true });
  await fs.writeFile(file, code);
}
