// The packages of tests/clients, where their versions are pinned.

import { createRequire } from 'node:module';

export const packages = createRequire(new URL('../../../tests/clients/package.json', import.meta.url));
