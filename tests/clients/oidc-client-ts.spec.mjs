// oidc-client-ts in a browser, which knows nothing of Auth0: what it needs it
// finds by discovery, and its frames come back by an address and no message.

import { logInThere } from './harness/login-page.mjs';
import { expect, test } from './harness/test.mjs';

class Application {
  constructor(page, site, tenant) {
    Object.assign(this, { page, tenant, address: site.page('oidc-client-ts'), goodbye: site.page('callback') });
  }

  /** Calls a method of the client, on a page that was opened anew. */
  async call(method, ...args) {
    if (!this.page.url().startsWith(this.address)) await this.page.goto(this.address);
    return this.page.evaluate(async ([settings, name, values]) => {
      const user = await new globalThis.oidc.UserManager(settings)[name](...values);
      return user ? { ...user, expired: user.expired } : null;
    }, [{
      authority: this.tenant.issuer, client_id: this.tenant.spa.id, redirect_uri: this.address, post_logout_redirect_uri: this.goodbye,
      loadUserInfo: true, scope: 'openid profile email', automaticSilentRenew: false, ...this.settings,
    }, method, args]);
  }

  /** Calls one that leaves the page. */
  async leave(method, there) {
    await this.page.goto(this.address);
    const left = this.page.waitForURL(there);
    this.call(method).catch(() => {});
    await left;
  }

  async logIn(account, settings) {
    this.settings = settings;
    await this.leave('signinRedirect', (url) => url.origin === this.tenant.origin);
    const back = this.page.waitForURL((url) => url.href.startsWith(`${this.address}?`));
    await logInThere(this.page, account);
    await back;
    return this.call('signinCallback');
  }
}

const application = test.extend({
  app: async ({ page, site, tenant }, use) => use(new Application(page, site, tenant)),
});

application('a login, a token by a frame, and a logout', async ({ app, page, tenant }) => {
  const account = await tenant.account({ given_name: 'Ada' });
  const user = await app.logIn(account);
  expect(user.profile).toMatchObject({ sub: account.id, email: account.email, given_name: 'Ada', sid: expect.any(String) });
  const asked = page.waitForRequest((request) => new URL(request.url()).pathname === '/authorize');
  const renewed = await app.call('signinSilent');
  expect(new URL((await asked).url()).searchParams.get('prompt')).toBe('none');
  expect(renewed.profile.sub).toBe(account.id);
  expect(renewed.access_token).not.toBe(user.access_token);

  await app.leave('signoutRedirect', (url) => url.href === app.goodbye);
  await expect(app.call('signinSilent')).rejects.toThrow('Login required');
});

application('a token by a refresh token, and its end', async ({ app, tenant }) => {
  const user = await app.logIn(await tenant.account(), { scope: 'openid email offline_access' });
  const renewed = await app.call('signinSilent');
  expect(renewed.profile.sub).toBe(user.profile.sub);
  expect(renewed.refresh_token).not.toBe(user.refresh_token);
  await app.call('revokeTokens', ['refresh_token']);
  const reply = await fetch(`${tenant.origin}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'refresh_token', client_id: tenant.spa.id, refresh_token: renewed.refresh_token }),
  });
  expect(await reply.json()).toMatchObject({ error: 'invalid_grant' });
});
