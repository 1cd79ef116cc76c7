// The real Lock from npm, on a page of an application whose server has a secret
// and redeems the code: Lock itself sends no PKCE challenge.

import { password } from './harness/tenant.mjs';
import { expect, test } from './harness/test.mjs';

const scope = 'openid profile email read:current_user';

const fields = [
  { name: 'company', placeholder: 'Company' },
  { name: 'size', type: 'select', placeholder: 'Size', options: [{ value: '1-10', label: 'Up to ten' }, { value: '11+', label: 'More' }] },
  { name: 'motto', placeholder: 'Motto' },
  { name: 'news', type: 'checkbox', placeholder: 'Send me news', prefill: 'false' },
  { name: 'campaign', type: 'hidden', value: 'spring & <summer>' },
  { name: 'given_name', placeholder: 'Given name', storage: 'root' },
];

class LockPage {
  constructor(page, site, tenant) {
    Object.assign(this, { page, site, tenant, callback: site.page('callback') });
    this.root = page.locator('.auth0-lock');
    this.submit = this.root.locator('.auth0-lock-submit');
    this.message = this.root.locator('.auth0-global-message');
  }

  field(name) {
    return this.root.locator(`input[name="${name}"]`);
  }

  async open(options = {}, kind = 'Auth0Lock') {
    const { tenant, callback } = this;
    await this.page.goto(this.site.page('lock'));
    await this.page.evaluate(([name, id, domain, given]) => {
      globalThis.lock = new globalThis[name](id, domain, given);
      globalThis.lock.show();
    }, [kind, tenant.web.id, tenant.domain, {
      auth: { redirectUrl: callback, responseType: 'code', audience: tenant.management, params: { scope } },
      allowedConnections: [tenant.connection], ...options,
    }]);
    await expect(this.submit).toBeVisible();
    // Lock slides its form in, and loses what is typed meanwhile.
    await expect(this.root).toHaveClass(/auth0-lock-opened/);
    await this.page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'));
  }

  async credentials(email, secret = password) {
    await this.field('email').fill(email);
    await this.field('password').fill(secret);
  }

  /** Sends the form, and lets the application's server redeem the code. */
  async tokens() {
    const back = this.page.waitForURL((url) => url.href.startsWith(`${this.callback}?`));
    await this.submit.click();
    await back;
    const reply = await fetch(`${this.tenant.origin}/oauth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        grant_type: 'authorization_code', client_id: this.tenant.web.id, client_secret: this.tenant.web.secret,
        code: new URL(this.page.url()).searchParams.get('code'), redirect_uri: this.callback,
      }),
    });
    const tokens = await reply.json();
    expect(reply.status, JSON.stringify(tokens)).toBe(200);
    return tokens;
  }

  /** The profile of whoever came in. */
  async profile() {
    const { access_token: token } = await this.tokens();
    const get = async (path) => (await fetch(`${this.tenant.origin}${path}`, { headers: { authorization: `Bearer ${token}` } })).json();
    const { sub } = await get('/userinfo');
    return get(`/api/v2/users/${encodeURIComponent(sub)}`);
  }
}

const lock = test.extend({
  box: async ({ page, site, tenant }, use) => use(new LockPage(page, site, tenant)),
});

lock('a sign-up with fields of its own, and a login with what was signed up', async ({ box, tenant }) => {
  const email = tenant.email();
  await box.open({ additionalSignUpFields: fields, initialScreen: 'signUp' });
  await box.credentials(email);
  await box.field('company').fill('Analytical <Engines> & Co, 日本');
  await box.field('motto').fill('  as typed ');
  await box.field('given_name').fill('Ada');
  await box.field('news').check();
  await box.root.getByRole('button', { name: 'size', exact: true }).click();
  await box.root.getByText('Up to ten').click();
  const request = box.page.waitForRequest((one) => one.method() === 'POST' && one.url() === `${tenant.origin}/dbconnections/signup`);
  const profile = await box.profile();
  expect(profile).toMatchObject({ email, given_name: 'Ada' });
  // Lock itself cleans what was typed as if it were HTML, before it sends it.
  expect(profile.user_metadata).toEqual({
    company: 'Analytical  &amp; Co, 日本', size: '1-10', motto: '  as typed ', news: 'true', campaign: 'spring &amp; ',
  });
  expect(profile.user_metadata).toEqual((await request).postDataJSON().user_metadata);

  await box.open({ rememberLastLogin: false });
  await box.credentials(email);
  expect(await box.profile()).toMatchObject({ email, logins_count: 2 });
});

lock('what Lock says of a known address', async ({ box, tenant }) => {
  const { email } = await tenant.account();
  await box.open({ initialScreen: 'signUp' });
  await box.credentials(email);
  await box.submit.click();
  await expect(box.message).toHaveText('The user already exists.', { ignoreCase: true });
});

lock('the policy of the connection, as Lock shows it, and a password that breaks it', async ({ box, tenant }) => {
  await box.open({ initialScreen: 'signUp' });
  await box.credentials(tenant.email(), 'abc');
  await expect(box.root.locator('.auth0-lock-password-strength')).toContainText('At least 8 characters in length');
  await box.submit.click();
  await expect(box.field('password')).toHaveAttribute('aria-invalid', 'true');
});

lock('a password that is wrong', async ({ box, tenant }) => {
  const { email } = await tenant.account();
  await box.open();
  await box.credentials(email, 'wrong');
  await box.submit.click();
  await expect(box.message).toHaveText('Wrong email or password.', { ignoreCase: true });
});

lock('a forgotten password', async ({ box, tenant }) => {
  const { email } = await tenant.account();
  await box.open({ initialScreen: 'forgotPassword' });
  await box.field('email').fill(email);
  await box.submit.click();
  await expect(box.message).toHaveText(/we.?ve just sent you an email to reset your password/i);
  if (tenant.server) expect((await tenant.server.letter(email)).link).toContain('/lo/reset');
});

lock('a code that was sent', async ({ box, tenant }) => {
  lock.skip(!tenant.server, 'the mailbox is our server\'s');
  const email = tenant.email();
  await box.open({ allowedConnections: ['email'], passwordlessMethod: 'code' }, 'Auth0LockPasswordless');
  await box.field('email').fill(email);
  await box.submit.click();
  const { code } = await tenant.server.letter(email);
  await box.field('vcode').fill(code);
  expect(await box.profile()).toMatchObject({ email, email_verified: true, logins_count: 1 });
});
