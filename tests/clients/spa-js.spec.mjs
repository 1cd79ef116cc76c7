// @auth0/auth0-spa-js in a browser, on a page of another origin than the
// server's: logins by redirect and in a popup, tokens by iframe and by refresh.

import { expect, test } from './harness/test.mjs';
import { logInThere } from './harness/login-page.mjs';

class Application {
  constructor(page, site, tenant) {
    Object.assign(this, { page, tenant, address: site.page('spa-js') });
  }

  /** Opens the page anew, as somebody does who comes back to it. */
  async open(options = {}, address = this.address) {
    if (address !== this.page.url()) await this.page.goto(address);
    await this.page.evaluate((given) => { globalThis.client = new globalThis.spa.Auth0Client(given); }, {
      domain: this.tenant.domain, clientId: this.tenant.spa.id, useRefreshTokensFallback: false, ...options,
      authorizationParams: { redirect_uri: this.address, scope: 'openid profile email', ...options.authorizationParams },
    });
  }

  /** What a method of the client gives. */
  call(method, ...args) {
    return this.page.evaluate(async ([name, values]) => (await globalThis.client[name](...values)) ?? null, [method, args]);
  }

  /** Why a method gives nothing. */
  refusal(method, ...args) {
    return this.page.evaluate(([name, values]) => globalThis.client[name](...values).then(
      () => null,
      ({ error, error_description: description }) => ({ error, description }),
    ), [method, args]);
  }

  /** A login by redirect, to its end on the application's page. */
  async logIn(account, options = {}) {
    await this.open(options);
    const there = this.page.waitForURL((url) => url.origin === this.tenant.origin);
    await this.page.evaluate(() => { globalThis.client.loginWithRedirect({ appState: { target: '/inbox' } }); });
    await there;
    const back = this.page.waitForURL((url) => url.href.startsWith(`${this.address}?`));
    await logInThere(this.page, account);
    await back;
    await this.open(options, this.page.url());
    return this.call('handleRedirectCallback');
  }
}

/** The requests to one path of the server, by their query or body. */
function watch(page, tenant, path) {
  const seen = [];
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.origin !== tenant.origin || url.pathname !== path) return;
    seen.push(Object.fromEntries(request.method() === 'POST' ? new URLSearchParams(request.postData()) : url.searchParams));
  });
  return seen;
}

const application = test.extend({
  app: async ({ page, site, tenant }, use) => use(new Application(page, site, tenant)),
  account: async ({ tenant }, use) => use(await tenant.account({ given_name: 'Ada' })),
});

application('a login by redirect: who it is, and where the page was', async ({ app, account, tenant }) => {
  const { appState } = await app.logIn(account);
  expect(appState).toEqual({ target: '/inbox' });
  expect(await app.call('isAuthenticated')).toBe(true);
  expect(await app.call('getUser')).toMatchObject({ sub: account.id, email: account.email, email_verified: false, given_name: 'Ada' });
  expect(await app.call('getIdTokenClaims')).toMatchObject({ iss: tenant.issuer, aud: tenant.spa.id, sid: expect.any(String) });
});

application('a token by a frame, as long as the session lives', async ({ app, account, page, site, tenant }) => {
  await app.logIn(account);
  // A page that was opened anew remembers nothing.
  await app.open();
  const asked = watch(page, tenant, '/authorize');
  const tokens = await app.call('getTokenSilently', { detailedResponse: true });
  expect(tokens).toMatchObject({ access_token: expect.any(String), expires_in: expect.any(Number) });
  expect(asked).toMatchObject([{ prompt: 'none', response_mode: 'web_message', code_challenge_method: 'S256' }]);
  expect(await app.call('getUser')).toMatchObject({ sub: account.id });
  const audience = { authorizationParams: { audience: tenant.management, scope: 'openid read:current_user' } };
  const token = await app.call('getTokenSilently', audience);
  const reply = await fetch(`${tenant.management}users/${encodeURIComponent(account.id)}`, { headers: { authorization: `Bearer ${token}` } });
  expect(await reply.json()).toMatchObject({ user_id: account.id, email: account.email });

  const callback = site.page('callback');
  const out = page.waitForURL(callback);
  await page.evaluate((returnTo) => { globalThis.client.logout({ logoutParams: { returnTo } }); }, callback);
  await out;
  await app.open();
  expect(await app.refusal('getTokenSilently')).toEqual({ error: 'login_required', description: 'Login required' });
});

application('a token by a refresh token, which is another one each time', async ({ app, account, page, tenant }) => {
  const options = { useRefreshTokens: true, cacheLocation: 'localstorage' };
  await app.logIn(account, options);
  const asked = watch(page, tenant, '/oauth/token');
  await app.open(options);
  for (let time = 0; time < 2; time += 1) {
    expect(await app.call('getTokenSilently', { cacheMode: 'off' })).toEqual(expect.any(String));
  }
  expect(asked.map((body) => body.grant_type)).toEqual(['refresh_token', 'refresh_token']);
  expect(new Set(asked.map((body) => body.refresh_token)).size).toBe(2);
});

application('a refresh token that is no longer good gives way to a frame', async ({ app, account, page, tenant }) => {
  test.skip(!tenant.server, 'reuse detection is a setting of the tenant');
  const options = { useRefreshTokens: true, cacheLocation: 'localstorage' };
  await app.logIn(account, options);
  await page.evaluate(() => {
    for (const key of Object.keys(localStorage)) {
      localStorage.setItem(key, localStorage.getItem(key).replace(/("refresh_token":")[^"]+/, '$1spent'));
    }
  });
  const asked = watch(page, tenant, '/authorize');
  await app.open({ ...options, useRefreshTokensFallback: true });
  expect(await app.call('getTokenSilently', { cacheMode: 'off' })).toEqual(expect.any(String));
  expect(asked).toMatchObject([{ prompt: 'none', response_mode: 'web_message' }]);
});

application('a login in a popup', async ({ app, account, page, tenant }) => {
  await app.open();
  const opened = page.waitForEvent('popup');
  const done = app.call('loginWithPopup');
  const popup = await opened;
  await popup.waitForURL((url) => url.origin === tenant.origin);
  await Promise.all([popup.waitForEvent('close'), logInThere(popup, account)]);
  await done;
  expect(await app.call('getUser')).toMatchObject({ sub: account.id, email: account.email });
});
