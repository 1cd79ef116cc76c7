// esbuild leaves `new URL` as it is: the Wasm has to lie beside what it has built.

import { build } from 'esbuild';
import fs from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export default async (entry, folder, mode, { plugins = [], define = {} } = {}) => {
  await build({
    entryPoints: { main: entry }, outdir: folder,
    bundle: true, splitting: true, format: 'esm', target: 'es2022', jsx: 'automatic', logLevel: 'error',
    plugins,
    define: {
      'process.env.NODE_ENV': JSON.stringify(mode),
      __VUE_OPTIONS_API__: 'false', __VUE_PROD_DEVTOOLS__: 'false', __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
      ...define,
    },
  });
  for (const file of ['latchlet_bg.wasm', 'latchlet_later_bg.wasm', 'latchlet_check_bg.wasm']) {
    await fs.copyFile(fileURLToPath(import.meta.resolve(`latchlet/${file}`)), path.join(folder, file));
  }
};
