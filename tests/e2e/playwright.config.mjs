// How the browser tests run. `cargo xtask test --only e2e` builds what they
// need, finds the browser and names both here.

import { defineConfig } from '@playwright/test';
import { certify } from '../clients/harness/authority.mjs';
import { executable, quiet } from './harness/environment.mjs';

const NPM = /(apps|bundlers|packages)\.spec\.mjs$/;

await certify();

export default defineConfig({
  testDir: '.',
  projects: [
    { name: 'packages', testMatch: '**/*.setup.mjs' },
    // What is tested as npm gets it waits for that.
    { name: 'applications', testMatch: NPM, dependencies: ['packages'] },
    { name: 'box', testMatch: '**/*.spec.mjs', testIgnore: NPM },
  ],
  outputDir: 'results',
  fullyParallel: true,
  forbidOnly: true,
  // A test that passes the second time has found a race: it fails.
  retries: 0,
  workers: 2,
  timeout: 40_000,
  expect: { timeout: 10_000 },
  use: {
    viewport: { width: 1024, height: 900 },
    locale: 'en-US',
    screenshot: 'only-on-failure',
    // The strict content security policy holds in every test.
    bypassCSP: false,
    launchOptions: {
      executablePath: executable('LATCHLET_TEST_CHROMIUM'),
      args: quiet,
    },
  },
});
