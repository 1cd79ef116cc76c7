// The box before servers that nobody here wrote, for what is OpenID Connect of
// it: a button leads to /authorize with PKCE, and the code that comes back
// becomes tokens.

import fs from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { loggedIn } from '../e2e/harness/accounts.mjs';
import { expectAccessible } from '../e2e/harness/axe.mjs';
import { Box } from '../e2e/harness/box.mjs';
import { expect, test as base } from '../e2e/harness/test.mjs';
import { OpenIdProvider } from './harness/provider.mjs';
import { Simulator } from './harness/simulator.mjs';

const test = base.extend({
  provider: async ({ host }, use) => {
    const provider = await OpenIdProvider.start();
    provider.admitPages(`${host.origin}/`);
    provider.people.ada = { name: 'Ada King', given_name: 'Ada', email: 'ada@example.com', email_verified: true };
    await use(provider);
    await provider.close();
    expect(provider.failed).toBeUndefined();
  },

  simulator: async ({}, use) => {
    const simulator = await Simulator.start([{ id: 'ada-1', name: 'Ada King', email: 'ada@example.com', password: 'analytical' }]);
    await use(simulator);
    await simulator.close();
  },
});

/** A box for a server whose ways in are behind one button. */
function box(host, origin, clientId) {
  host.connectTo = origin;
  host.options = { clientId, domain: origin, connections: [{ name: 'corp', strategy: 'oidc', display_name: 'Example Corp' }] };
}

const button = (page) => new Box(page).root.getByRole('button', { name: 'Continue with Example Corp' });

const events = (page, name) => page.evaluate((wanted) =>
  globalThis.latchletTest.events.filter((event) => event.name === wanted).map(({ detail }) => detail), name);

/** The parameters of the next request to a path, however it is sent. */
async function next(page, pathname) {
  const request = await page.waitForRequest((one) => new URL(one.url()).pathname === pathname && one.method() !== 'OPTIONS');
  return Object.fromEntries(new URLSearchParams(request.postData() ?? new URL(request.url()).search));
}

const pkce = {
  response_type: 'code', code_challenge_method: 'S256', code_challenge: expect.stringMatching(/^[\w-]{43}$/),
  state: expect.stringMatching(/^latchlet\.[\w-]{43}$/), nonce: expect.stringMatching(/^[\w-]{43}$/),
};

test.describe('oidc-provider', () => {
  const logIn = async (page, press = 'Go on') => {
    await button(page).click();
    await expect(page.getByRole('heading', { name: 'Example Corp: login' })).toBeVisible();
    await page.getByLabel('Name').fill('ada');
    await page.getByRole('button', { name: press }).click();
  };

  test.beforeEach(({ host, provider }) => box(host, provider.origin, 'pages'));

  test('signs somebody in', async ({ page, host, provider }) => {
    await page.goto(host.origin);
    await expect(button(page)).toBeVisible();
    await expectAccessible(page);
    const redeemed = next(page, '/oauth/token');
    await logIn(page);
    await loggedIn(new Box(page));
    expect(provider.asked).toMatchObject([{ ...pkce, client_id: 'pages', redirect_uri: `${host.origin}/`, scope: 'openid profile email' }]);
    expect(await redeemed).toMatchObject({ grant_type: 'authorization_code', client_id: 'pages', code_verifier: expect.stringMatching(/^[\w-]{43}$/) });
    const [session] = await events(page, 'authenticated');
    expect(session.idTokenPayload).toMatchObject({
      iss: provider.origin, aud: 'pages', sub: 'ada', nonce: provider.asked[0].nonce, name: 'Ada King', email: 'ada@example.com',
    });
    const info = await fetch(`${provider.origin}/userinfo`, { headers: { authorization: `Bearer ${session.accessToken}` } });
    expect(await info.json()).toMatchObject({ sub: 'ada', given_name: 'Ada' });
    expect(new URL(page.url()).search).toBe('');
  });

  test('a login that is cancelled there can be begun again', async ({ page, host }) => {
    await page.goto(host.origin);
    await logIn(page, 'Cancel');
    await expect(new Box(page).alert).toBeVisible();
    await logIn(page);
    await loggedIn(new Box(page));
  });

  test('a code without its verifier is worth nothing', async ({ page, host }) => {
    await page.goto(host.origin);
    await page.route('**/oauth/token', (route) => {
      const form = new URLSearchParams(route.request().postData());
      form.set('code_verifier', 'x'.repeat(43));
      return route.continue({ postData: form.toString() });
    });
    await logIn(page);
    await expect(new Box(page).alert).toBeVisible();
    expect(await events(page, 'authenticated')).toEqual([]);
    expect(await events(page, 'error')).toMatchObject([{ code: 'login_refused' }]);
  });
});

test.describe('@simulacrum/auth0-simulator', () => {
  test('signs somebody in', async ({ page, host, simulator, watched }) => {
    // Its page is its own: it asks the network for a style sheet and for
    // auth0-js, which it gets from npm here.
    watched.allow(/^request to a third party: /);
    const script = await fs.readFile(path.join(path.dirname(createRequire(import.meta.url).resolve('auth0-js/package.json')), 'dist/auth0.min.js'), 'utf8');
    await page.route('https://cdn.auth0.com/**', (route) => route.fulfill({ contentType: 'text/javascript', body: script }));
    await page.route('https://unpkg.com/**', (route) => route.fulfill({ contentType: 'text/css', body: '' }));

    box(host, simulator.origin, 'simulated');
    await page.goto(host.origin);
    const asked = next(page, '/authorize');
    const redeemed = next(page, '/oauth/token');
    await button(page).click();
    expect(await asked).toMatchObject({ ...pkce, client_id: 'simulated', redirect_uri: `${host.origin}/`, connection: 'corp' });
    await page.getByLabel('Email address').fill('ada@example.com');
    await page.getByLabel('Password').fill('analytical');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await loggedIn(new Box(page));
    expect(await redeemed).toMatchObject({ grant_type: 'authorization_code', code_verifier: expect.stringMatching(/^[\w-]{43}$/) });
    const [session] = await events(page, 'authenticated');
    expect(session.idTokenPayload).toMatchObject({ iss: `${simulator.origin}/`, aud: 'simulated', sub: 'ada-1', name: 'Ada King', email: 'ada@example.com' });
  });
});
