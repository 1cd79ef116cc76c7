// `node build.mjs FOLDER` builds `lock.js` into a folder, where the Wasm module
// that it loads lies with its glue, and makes one file of the glue. Without a
// folder it makes `dist/`, the package as npm gets it: all of it, and the types.
// `cargo xtask dist` comes first then.

import { build, transform } from 'esbuild';
import fs from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const [folder] = process.argv.slice(2);

/** A style sheet as a string, for a constructable sheet to take. */
const sheets = {
  name: 'sheets',
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path: file }) => {
      const css = await fs.readFile(file, 'utf8');
      // What light-dark() would become for old browsers is longer than it is.
      const { code } = await transform(css, { loader: 'css', minify: true, target: 'esnext' });
      return { contents: code.trim(), loader: 'text' };
    });
  },
};

async function script(into) {
  await build({
    entryPoints: [path.join(here, 'src/lock.ts')],
    outfile: path.join(into, 'lock.js'),
    bundle: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    charset: 'utf8',
    legalComments: 'none',
    external: ['./latchlet.js'],
    plugins: [sheets],
    logLevel: 'warning',
  });
}

/** The glue of wasm-bindgen imports the JavaScript that stands beside Rust. */
async function glue(into) {
  const file = path.join(into, 'latchlet.js');
  await build({
    entryPoints: [file],
    outfile: file,
    allowOverwrite: true,
    bundle: true,
    format: 'esm',
    target: 'es2022',
    external: ['./latchlet_check.js'],
    logLevel: 'warning',
  });
  await fs.rm(path.join(into, 'snippets'), { recursive: true });
}

/** The types, as the sources have them. */
async function declarations(into) {
  const { default: ts } = await import('typescript');
  const config = ts.getParsedCommandLineOfConfigFile(path.join(here, 'tsconfig.json'), {
    emitDeclarationOnly: true,
    outDir: into,
    rootDir: path.join(here, 'src'),
  }, { ...ts.sys, onUnRecoverableConfigFileDiagnostic: ({ messageText }) => { throw new Error(messageText); } });
  const sources = ['src/lock.ts', 'src/css.d.ts'].map((file) => path.join(here, file));
  const program = ts.createProgram(sources, config.options);
  const problems = [...ts.getPreEmitDiagnostics(program), ...program.emit().diagnostics];
  if (problems.length > 0) {
    throw new Error(problems.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')).join('\n'));
  }
}

if (folder) {
  const into = path.resolve(folder);
  await Promise.all([script(into), glue(into)]);
} else {
  const dist = path.join(here, 'dist');
  await fs.rm(dist, { recursive: true, force: true });
  await fs.mkdir(dist);
  const files = ['lock.js', 'latchlet.js', 'latchlet.d.ts', 'latchlet_bg.wasm', 'latchlet_check.js', 'latchlet_check_bg.wasm'];
  await Promise.all(files.map((file) => fs.copyFile(path.join(here, '../../dist', file), path.join(dist, file))));
  await declarations(dist);
}
