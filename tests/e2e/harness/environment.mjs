// What `cargo xtask test` tells the browser tests.

import { fileURLToPath } from 'node:url';
import path from 'node:path';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');

/** Whether the full matrices run, as under `cargo xtask test --long`. */
export const long = process.env.LATCHLET_TEST_LONG === '1';

/** The path of a program that xtask built or found. */
export function executable(variable) {
  const found = process.env[variable];
  if (!found) {
    throw new Error(`${variable} is not set: run the browser tests by \`cargo xtask test --only e2e\``);
  }
  return found;
}

/** How Chromium starts in a test: without its sandbox, which it refuses to root, and calling nobody. */
export const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
