// How the tests with other people's clients and servers run. `cargo xtask test
// --only clients` builds what they need and installs the clients; with `--live`
// the same tests ask a tenant of Auth0's.

import { defineConfig } from '@playwright/test';
import { executable, quiet } from '../e2e/harness/environment.mjs';
import { certify, fingerprint } from './harness/authority.mjs';
import { live } from './harness/live.mjs';

await certify();

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.mjs',
  // No tenant has a part in these.
  testIgnore: live ? ['federation.spec.mjs', 'providers.spec.mjs'] : [],
  outputDir: 'results',
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  workers: live ? 1 : 2,
  timeout: 40_000,
  expect: { timeout: 10_000 },
  use: {
    viewport: { width: 1024, height: 900 },
    locale: 'en-US',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: executable('LATCHLET_TEST_CHROMIUM'),
      args: [...quiet, `--ignore-certificate-errors-spki-list=${fingerprint()}`],
    },
  },
});
