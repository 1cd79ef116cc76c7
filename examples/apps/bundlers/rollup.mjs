// Rollup finds packages by one plugin, and takes the Wasm along by another.

import { nodeResolve } from '@rollup/plugin-node-resolve';
import { importMetaAssets } from '@web/rollup-plugin-import-meta-assets';
import { rollup } from 'rollup';

export default async (entry, folder) => {
  const bundle = await rollup({
    input: { main: entry },
    plugins: [nodeResolve({ browser: true }), importMetaAssets()],
    onwarn: (warning) => { throw new Error(warning.message); },
  });
  await bundle.write({ dir: folder, format: 'es', entryFileNames: '[name].js' });
  await bundle.close();
};
