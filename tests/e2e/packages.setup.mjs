// What the tests of the packages and of the example applications begin with.

import { test } from '@playwright/test';
import { install } from './harness/apps.mjs';

test('the packages are packed, and installed from what was packed', async () => {
  test.setTimeout(180_000);
  await install();
});
