// webpack 5 knows the form in which the package names its Wasm. Where the page wants
// Trusted Types, it makes a policy for the scripts that it loads later.

import { promisify } from 'node:util';
import webpack from 'webpack';

export default async (entry, folder, mode) => {
  const compiler = webpack({
    mode, entry, target: ['web', 'es2022'], devtool: false, performance: false,
    output: { path: folder, filename: 'main.js', publicPath: '/app/', trustedTypes: 'webpack' },
  });
  const stats = await promisify(compiler.run.bind(compiler))();
  await promisify(compiler.close.bind(compiler))();
  if (stats.hasErrors() || stats.hasWarnings()) throw new Error(stats.toString({ all: false, errors: true, warnings: true }));
};
