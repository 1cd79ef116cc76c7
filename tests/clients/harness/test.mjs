// The `test` of every spec: Playwright's, with who answers, and an application.

import { test as base, expect } from '@playwright/test';
import { live, tenant } from './live.mjs';
import { Site } from './site.mjs';
import { Tenant } from './tenant.mjs';

export const test = base.extend({
  /** Pages with the clients that run in a browser. */
  site: [async ({}, use) => {
    const { port, hostname: host } = live ? tenant().app : {};
    const site = await Site.start({ port: Number(port ?? 0), host });
    await use(site);
    await site.close();
  }, { scope: 'worker' }],

  /** Who answers: one for all tests of a process. */
  tenant: [async ({ site }, use) => {
    const answering = await Tenant.start(site);
    await use(answering);
    await answering.close();
  }, { scope: 'worker' }],

  /** What our server wrote, beside a test that failed. */
  log: [async ({ tenant: answering }, use, info) => {
    const before = answering.server?.log.length;
    await use();
    if (info.status !== info.expectedStatus && answering.server) {
      await info.attach('server.log', { body: answering.server.log.slice(before), contentType: 'text/plain' });
    }
  }, { auto: true }],
});

export { contract } from './differences.mjs';
export { expect };
