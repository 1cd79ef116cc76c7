// auth0-js in a browser, on a page of another origin than the server's.

import { createHash, randomBytes } from 'node:crypto';
import { contract, expect, test } from './harness/test.mjs';
import { password } from './harness/tenant.mjs';

const verifier = randomBytes(32).toString('base64url');
const challenge = createHash('sha256').update(verifier).digest('base64url');

/** A page with the client on it, and ways to call it. */
class Application {
  constructor(page, site, tenant) {
    Object.assign(this, { page, tenant, callback: site.page('auth0-js') });
    this.options = { domain: tenant.domain, clientID: tenant.spa.id, redirectUri: this.callback, scope: 'openid profile email', responseType: 'code' };
  }

  /** What a method with a callback says. */
  call(method, ...args) {
    return this.#run('WebAuth', this.options, method, args);
  }

  manage(token, method, ...args) {
    return this.#run('Management', { domain: this.tenant.domain, token }, method, args);
  }

  #run(kind, options, method, args) {
    return this.page.evaluate(([name, given, path, values]) => new Promise((resolve) => {
      const client = new globalThis.auth0[name](given);
      const steps = path.split('.');
      const last = steps.pop();
      const target = steps.reduce((object, step) => object[step], client);
      target[last](...values, (error, value) => {
        const { original, ...told } = error ?? {};
        resolve(error ? { error: told } : { value: value ?? null });
      });
    }), [kind, options, method, args]);
  }

  /** Begins a login that leaves the page, and returns what it comes back with. */
  async leave(method, options) {
    if (this.page.url() !== this.callback) await this.page.goto(this.callback);
    const back = this.page.waitForURL((url) => url.href.startsWith(this.callback) && url.search !== '');
    await this.page.evaluate(([given, path, values]) => {
      new globalThis.auth0.WebAuth(given)[path](values, (error) => { document.title = JSON.stringify(error); });
    }, [this.options, method, options]);
    await back;
    return Object.fromEntries(new URL(this.page.url()).searchParams);
  }

  /** From an account to tokens, by its password. */
  async tokens({ email }, more = {}) {
    const { code } = await this.leave('login', {
      realm: this.tenant.connection, username: email, password, codeChallenge: challenge, codeChallengeMethod: 'S256', ...more,
    });
    return this.redeem(code);
  }

  async redeem(code) {
    const { value, error } = await this.call('client.oauthToken', {
      grantType: 'authorization_code', code, codeVerifier: verifier, redirectUri: this.callback,
    });
    expect(error).toBeUndefined();
    return value;
  }
}

const application = test.extend({
  app: async ({ page, site, tenant }, use) => {
    await page.goto(site.page('auth0-js'));
    await use(new Application(page, site, tenant));
  },
});

application.describe('a sign-up', () => {
  application('stores what it was given', async ({ app, tenant }) => {
    const email = tenant.email();
    const { value, error } = await app.call('signup', {
      connection: tenant.connection, email, password, given_name: 'Ada', user_metadata: { company: 'Analytical Engines', plan: '<b>' },
    });
    expect(error).toBeUndefined();
    contract('signup', value, {
      Id: expect.stringMatching(/^[0-9a-zA-Z]+$/), emailVerified: false, email, givenName: 'Ada',
      userMetadata: { company: 'Analytical Engines', plan: '<b>' },
    });
  });

  application('with a known address', async ({ app, tenant }) => {
    const { email } = await tenant.account();
    const { error } = await app.call('signup', { connection: tenant.connection, email, password });
    contract('signup of a known address', error, {
      name: 'BadRequestError', code: 'user_exists', description: 'The user already exists.', statusCode: 400,
    }, { perTenant: 'invalid_signup where the flag enable_public_signup_user_exists_error is off' });
  });

  application('with a weak password', async ({ app, tenant }) => {
    const { error } = await app.call('signup', { connection: tenant.connection, email: tenant.email(), password: 'abc' });
    expect(error).toMatchObject({ name: 'PasswordStrengthError', code: 'invalid_password', statusCode: 400 });
    contract('rules of a weak password', error.description.rules.map(({ code, verified }) => [code, verified]), [
      ['lengthAtLeast', false], ['containsAtLeast', false],
    ], { perTenant: 'the password policy of the connection' });
    expect(error.policy).toContain('At least 8 characters in length');
  });
});

application('a forgotten password', async ({ app, tenant }) => {
  const { email } = await tenant.account();
  const { value } = await app.call('changePassword', { connection: tenant.connection, email });
  contract('changePassword', value, "We've just sent you an email to reset your password.");
});

application('a login by password, from the page to the profile', async ({ app, tenant }) => {
  const account = await tenant.account({ user_metadata: { company: 'Acme', size: '10' } });
  const tokens = await app.tokens(account, {
    audience: tenant.management, scope: 'openid profile email read:current_user update:current_user_metadata',
  });
  expect(tokens).toMatchObject({ tokenType: 'Bearer', idToken: expect.stringMatching(/^ey/), expiresIn: expect.any(Number) });
  const { value: info } = await app.call('client.userInfo', tokens.accessToken);
  contract('userInfo', info, {
    sub: account.id, email: account.email, email_verified: false, name: account.email, nickname: account.email.split('@')[0],
    updated_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
  });
  const { value: user } = await app.manage(tokens.accessToken, 'getUser', account.id);
  expect(user).toMatchObject({ user_id: account.id, email: account.email, user_metadata: { company: 'Acme', size: '10' } });
  const { value: patched } = await app.manage(tokens.accessToken, 'patchUserMetadata', account.id, { company: null, plan: 'pro' });
  expect(patched.user_metadata).toEqual({ size: '10', plan: 'pro' });
  const { error } = await app.manage(tokens.accessToken, 'patchUserAttributes', account.id, { email_verified: true });
  contract('a change of what is not theirs', error, { code: 'Forbidden', statusCode: 403 });
});

application('a wrong password', async ({ app, tenant }) => {
  const { email } = await tenant.account();
  const { error } = await app.call('login', { realm: tenant.connection, username: email, password: 'wrong' });
  contract('login with a wrong password', error, { code: 'access_denied', description: 'Wrong email or password.' });
});

application('a login that ends in an address with an error', async ({ app, tenant, page, site }) => {
  await page.goto(`${tenant.origin}/v2/logout?client_id=${tenant.spa.id}&returnTo=${encodeURIComponent(site.page('auth0-js'))}`);
  const parameters = await app.leave('authorize', { prompt: 'none', codeChallenge: challenge, codeChallengeMethod: 'S256' });
  expect(parameters).toMatchObject({ error: 'login_required', error_description: 'Login required', state: expect.any(String) });
});

application('a code that was sent', async ({ app, tenant }) => {
  test.skip(!tenant.server, 'the mailbox is our server\'s');
  const email = tenant.email();
  const { value } = await app.call('passwordlessStart', { connection: 'email', send: 'code', email });
  expect(value).toMatchObject({ Id: expect.any(String), email, emailVerified: false });
  const { code: verificationCode } = await tenant.server.letter(email);
  const { code } = await app.leave('passwordlessLogin', {
    connection: 'email', email, verificationCode, codeChallenge: challenge, codeChallengeMethod: 'S256',
  });
  const { idToken } = await app.redeem(code);
  const claims = JSON.parse(Buffer.from(idToken.split('.')[1], 'base64url'));
  expect(claims).toMatchObject({ email, email_verified: true, iss: tenant.issuer, aud: tenant.spa.id });
  expect(claims.sub).toMatch(/^email\|/);
});

application('a code that is wrong', async ({ app, tenant }) => {
  test.skip(!tenant.server, 'the mailbox is our server\'s');
  const email = tenant.email();
  await app.call('passwordlessStart', { connection: 'email', send: 'code', email });
  const { code } = await tenant.server.letter(email);
  const wrong = code === '000000' ? '111111' : '000000';
  const { error } = await app.call('passwordlessLogin', { connection: 'email', email, verificationCode: wrong });
  expect(error).toMatchObject({ code: 'access_denied', description: 'Wrong email or verification code.' });
});

application('a logout, which is seen', async ({ app, tenant, page }) => {
  await app.tokens(await tenant.account());
  const again = { prompt: 'none', codeChallenge: challenge, codeChallengeMethod: 'S256' };
  expect(await app.leave('authorize', again)).toHaveProperty('code');
  await page.evaluate((options) => {
    setTimeout(() => new globalThis.auth0.WebAuth(options).logout({ returnTo: options.redirectUri }));
  }, app.options);
  await page.waitForURL(app.callback);
  expect(await app.leave('authorize', again)).toMatchObject({ error: 'login_required' });
});

application('a look for the session in a frame: tokens in an address are not served', async ({ app, tenant }) => {
  await app.tokens(await tenant.account());
  // checkSession wants tokens without a code between, which is the implicit grant.
  const { value, error } = await app.call('checkSession', { responseType: 'token id_token' });
  contract('checkSession', { value: value !== undefined, error: error?.code }, { value: false, error: 'unsupported_response_type' }, {
    perTenant: 'tokens, where the application has the implicit grant',
  });
});
