// Builds the package, after `cargo xtask dist` or as a part of it:
//
//   node build.mjs glue FOLDER     makes one file of the glue of a Wasm module
//   node build.mjs scripts FOLDER  builds the scripts that load it, with its digest
//   node build.mjs                 makes the package as npm gets it

import { glue, scripts } from './build/scripts.mjs';
import { pack } from './build/pack.mjs';

const [what, folder] = process.argv.slice(2);
if (what === 'glue') await glue(folder);
else if (what === 'scripts') await scripts(folder);
else await pack();
