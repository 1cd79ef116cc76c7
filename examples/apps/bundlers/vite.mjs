// Vite knows the form in which the package names its Wasm, and needs nothing.

import { svelte } from '@sveltejs/vite-plugin-svelte';
import { build } from 'vite';

export default (entry, folder, mode) => build({
  configFile: false, logLevel: 'warn', mode,
  // Svelte's components are compiled by their plugin.
  plugins: [svelte({ configFile: false })],
  base: '/app/',
  build: {
    outDir: folder, emptyOutDir: true, target: 'es2022', assetsDir: '',
    rolldownOptions: { input: entry, output: { entryFileNames: 'main.js' } },
  },
});
