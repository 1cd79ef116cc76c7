import path from 'node:path';

/** A site of files alone, rendered by the build. */
export default {
  output: 'export',
  reactStrictMode: true,
  // Where the packages are.
  turbopack: { root: path.resolve(import.meta.dirname, '..') },
};
