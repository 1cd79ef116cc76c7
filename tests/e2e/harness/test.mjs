// The `test` of every spec: Playwright's, with the real server, a host page on
// another origin, and a page that is watched.

import { test as base, expect } from '@playwright/test';
import fs from 'node:fs/promises';
import path from 'node:path';
import { root } from './environment.mjs';
import { Host } from './host.mjs';
import { Proxy } from './proxy.mjs';
import { Server } from './server.mjs';
import { watch } from './watch.mjs';

/** Lets the pages of one more origin use the clients of a config. */
export function admit(config, origin) {
  for (const client of config.clients) {
    client.allowed_origins = [...(client.allowed_origins ?? []), origin];
    client.web_origins = [...(client.web_origins ?? []), origin];
    client.callbacks = [...(client.callbacks ?? []), `${origin}/`, `${origin}/lock.html`];
    client.allowed_logout_urls = [...(client.allowed_logout_urls ?? []), `${origin}/lock.html`];
  }
}

export const test = base.extend({
  /** A website on another origin, with a box on its page. */
  host: async ({}, use) => {
    const host = await Host.start();
    await use(host);
    await host.close();
  },

  /**
   * What the server's config has other than the demo's, and `box`, what its
   * copy of the box's config says of the connection; `test.use` sets it.
   */
  serverConfig: [{ tenant: {}, client: {}, connection: {}, box: {} }, { option: true }],

  /**
   * Options of the box other than the demo's, which the server's copy of its
   * config has as well; `test.use` sets it.
   */
  boxConfig: [{}, { option: true }],

  /** A server of the test's own, behind a proxy, with its demo page. */
  latchlet: async ({ serverConfig, boxConfig, host }, use, info) => {
    const proxy = await Proxy.start();
    const server = await Server.start({
      publicUrl: proxy.origin,
      change: (config, box) => {
        admit(config, host.origin);
        Object.assign(config, serverConfig.tenant);
        Object.assign(config.clients[0], serverConfig.client);
        Object.assign(config.connections[0], serverConfig.connection);
        Object.assign(box, structuredClone(boxConfig));
        Object.assign(box.connections[0], serverConfig.box);
      },
    });
    proxy.target = server.origin;
    // The demo page has the box of the tests as well.
    proxy.instead['/latchlet/config.json'] = await boxOptions();
    host.connectTo = proxy.origin;
    const { auth, ...options } = { ...await boxOptions(), ...structuredClone(boxConfig) };
    const audience = `${proxy.origin}/api/v2/`;
    host.options = { ...options, domain: proxy.origin, auth: { ...auth, audience } };
    const forward = (seconds) => server.forward(seconds);
    await use({ server, proxy, origin: proxy.origin, demo: `${proxy.origin}/demo`, forward });
    if (info.status !== info.expectedStatus) {
      await info.attach('server.log', { body: server.log, contentType: 'text/plain' });
    }
    await Promise.all([server.close(), proxy.close()]);
  },

  /** What the page did wrong so far, with `allow` for what a test provokes. */
  watched: [async ({ page }, use) => {
    const judge = await watch(page);
    await use(judge);
    expect(judge.troubles, 'what the page did wrong').toEqual([]);
  }, { auto: true }],
});

export { expect };

/** The options of the tests' box, for a test to change. */
export async function boxOptions() {
  return JSON.parse(await fs.readFile(path.join(root, 'tests/e2e/harness/box.json'), 'utf8'));
}

/** An address that no other test has. */
export function newEmail(name = 'ada') {
  return `${name}-${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}@example.com`;
}

/** Keeps a picture for people to look at: of the whole page, or the window. */
export async function picture(page, name, { fullPage = true } = {}) {
  const folder = path.join(root, 'tests/e2e/screenshots');
  await fs.mkdir(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage, animations: 'disabled' });
}
