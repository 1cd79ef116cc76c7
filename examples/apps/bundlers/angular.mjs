// What the builder of the Angular CLI does, by its parts: the compiler, the linker of
// what Angular's own packages have, and esbuild.

import linker from '@angular/compiler-cli/linker/babel';
import { transformAsync } from '@babel/core';
import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import esbuild from './esbuild.mjs';

const linked = {
  name: 'linked',
  setup({ onLoad }) {
    onLoad({ filter: /@angular[\\/].*\.mjs$/ }, async ({ path: file }) => {
      const options = { filename: file, plugins: [linker], configFile: false, babelrc: false, compact: false };
      return { contents: (await transformAsync(await fs.readFile(file, 'utf8'), options)).code };
    });
  },
};

export default async (project, folder, mode) => {
  // Beside its sources: what it imports is looked for from there.
  const compiled = path.join(project, '.compiled');
  const ngc = path.join(import.meta.dirname, '../node_modules/.bin/ngc');
  await promisify(execFile)(ngc, ['--project', project, '--outDir', compiled]);
  await esbuild(path.join(compiled, 'main.js'), folder, mode, { plugins: [linked], define: { ngDevMode: 'false', ngJitMode: 'false' } });
};
