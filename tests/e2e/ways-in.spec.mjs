// The ways in beside a password that one remembers, and what a page can say
// about each of them.

import { account, database, loggedIn } from './harness/accounts.mjs';
import { expectAccessible } from './harness/axe.mjs';
import { Box, passwords } from './harness/box.mjs';
import { nextBody } from './harness/profile.mjs';
import { expect, newEmail, picture, test } from './harness/test.mjs';

const social = [{ name: 'google-oauth2', strategy: 'google-oauth2' }, { name: 'corp', strategy: 'samlp', display_name: 'Example <Corp>' }];
const { good } = passwords;

/** The parameters of the next request for `/authorize`. */
async function authorized(page) {
  const request = await page.waitForRequest((one) => new URL(one.url()).pathname === '/authorize');
  return Object.fromEntries(new URL(request.url()).searchParams);
}

// Any fields may be stored: these tests are about the way in.
test.use({ serverConfig: { connection: { box: undefined } } });

test.beforeEach(({ latchlet, host }) => {
  expect(latchlet.origin).toBe(host.options.domain);
  host.options.additionalSignUpFields = [];
  host.options.initialScreen = 'login';
});

test('a forgotten password: a mail, a page, a new password, and in', async ({ page, latchlet, host }) => {
  const email = await account(latchlet, host);
  const fresh = 'another long pass phrase, 日本';
  const box = new Box(page);
  await page.goto(host.origin);
  await box.root.getByRole('button', { name: 'Forgot your password?' }).click();
  await expect(box.heading('Reset your password')).toBeFocused();
  await expectAccessible(page);
  await picture(page, 'forgot-password');
  const send = box.root.getByRole('button', { name: 'Send email' });
  await send.click();
  await expect(box.errorOf(box.email)).toHaveText('Enter your email address');
  await box.email.fill(` ${email.toUpperCase()} `);
  await send.click();
  await expect(box.heading('Check your email')).toBeFocused();
  await expectAccessible(page);
  await page.goto((await latchlet.server.letter(email)).link);
  await page.getByLabel('New password', { exact: true }).fill(fresh);
  await page.getByLabel('New password again').fill(fresh);
  await page.getByRole('button').last().click();
  await expect(page.getByRole('heading')).toHaveText('Your password is changed');
  await page.goto(host.origin);
  await box.signIn({ email, password: good });
  await expect(box.alert).toHaveText('The email address or the password is wrong.');
  await expect(box.password).toHaveValue('');
  await box.signIn({ email, password: fresh });
  await loggedIn(box);
});

test('an address that nobody has: the same words, and no mail', async ({ page, host }) => {
  const box = new Box(page);
  host.options.initialScreen = 'forgotPassword';
  await page.goto(host.origin);
  await box.email.fill('nobody@example.com');
  await box.root.getByRole('button', { name: 'Send email' }).click();
  await expect(box.root.getByText(/^If there is an account for nobody@example.com/)).toBeVisible();
});

test.describe('without a password', () => {
  test.use({ serverConfig: { tenant: { connections: [{ name: database.name }, { name: 'email', strategy: 'email' }] } } });

  test.beforeEach(({ host }) => {
    host.options.connections = [database, { name: 'email', strategy: 'email' }];
  });

  test('by a code: a wrong one, a new one, the right one', async ({ page, latchlet, host }) => {
    const box = new Box(page);
    const email = newEmail();
    await page.goto(host.origin);
    await box.root.getByRole('button', { name: 'Log in without a password' }).click();
    await expect(box.heading('Log in without a password')).toBeFocused();
    await expectAccessible(page);
    await box.email.fill(email);
    await box.root.getByRole('button', { name: 'Send code' }).click();
    await expect(box.heading('Enter the code')).toBeFocused();
    await expect(box.root.getByText(`We sent a code to ${email}.`)).toBeVisible();
    await expectAccessible(page);
    await picture(page, 'passwordless-code');
    const code = box.root.getByLabel('Code', { exact: true });
    await expect(code).toHaveAttribute('autocomplete', 'one-time-code');
    await expect(code).toHaveAttribute('inputmode', 'numeric');
    const { code: first } = await latchlet.server.letter(email);
    await code.fill('12');
    await box.submit.click();
    await expect(box.errorOf(code)).toHaveText('Enter the six digits of the code');
    await code.fill(first === '000000' ? '111111' : '000000');
    await box.submit.click();
    await expect(box.errorOf(code)).toHaveText(/^This code is wrong or too old/);
    await box.root.getByRole('button', { name: 'Send a new code' }).click();
    await expect(box.status).toHaveText('We sent a new code.');
    // A letter is written after the reply.
    await expect.poll(async () => (await latchlet.server.letter(email)).code).not.toBe(first);
    const { code: second } = await latchlet.server.letter(email);
    // As people copy it.
    await code.fill(` ${second.slice(0, 3)} ${second.slice(3)} `);
    await box.submit.click();
    await loggedIn(box);
  });

  test('by a link that is opened in the same browser', async ({ page, latchlet, host }) => {
    const box = new Box(page);
    const email = newEmail();
    Object.assign(host.options, { passwordlessMethod: 'link', initialScreen: 'passwordless' });
    await page.goto(host.origin);
    await box.email.fill(email);
    await box.root.getByRole('button', { name: 'Send link' }).click();
    await expect(box.heading('Check your email')).toBeFocused();
    await expectAccessible(page);
    await page.goto((await latchlet.server.letter(email)).link);
    await page.getByRole('button', { name: 'Log in' }).click();
    await loggedIn(box);
    expect(new URL(page.url()).search).toBe('');
  });

  test('the settings of the application say so, where the config does not', async ({ page, host }) => {
    delete host.options.connections;
    const box = new Box(page);
    await page.goto(host.origin);
    await expect(box.root.getByRole('button', { name: 'Log in without a password' })).toBeVisible();
    await expect(box.email).toBeVisible();
  });

  for (const [how, answer] of [['refuses them', { status: 403 }], ['gives something else', { status: 200, body: 'Auth0.setClient({' }]]) {
    test(`a server that ${how} changes nothing`, async ({ page, latchlet, host }) => {
      delete host.options.connections;
      latchlet.proxy.spoil('/client/latchlet-demo.js', { answer });
      const box = new Box(page);
      const email = await account(latchlet, host);
      const settings = page.waitForResponse('**/client/latchlet-demo.js');
      await page.goto(host.origin);
      await settings;
      await box.signIn({ email });
      await loggedIn(box);
    });
  }
});

test.describe('through others', () => {
  test.beforeEach(({ host }) => {
    host.options.connections = [database, ...social];
  });

  test('a button asks for that connection with PKCE, and is the last used one then', async ({ page, latchlet, host }) => {
    Object.assign(host.options.auth, { connectionScopes: { 'google-oauth2': ['calendar', 'mail'] } });
    const box = new Box(page);
    await page.goto(host.origin);
    const google = box.root.getByRole('button', { name: /^Continue with Google/ });
    await expect(google).not.toContainText('Last used');
    await expectAccessible(page);
    await picture(page, 'federated');
    const asked = authorized(page);
    await google.click();
    expect(await asked).toMatchObject({
      client_id: 'latchlet-demo', connection: 'google-oauth2', connection_scope: 'calendar mail', response_type: 'code',
      redirect_uri: `${host.origin}/`, code_challenge_method: 'S256', state: expect.stringMatching(/^latchlet\./),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/), nonce: expect.stringMatching(/.{20}/),
    });
    await expect.poll(() => latchlet.proxy.count('GET /authorize')).toBe(1);
    await page.goto(host.origin);
    await expect(google).toContainText('Last used');
    await expect(box.root.getByRole('button', { name: 'Continue with Example <Corp>' })).not.toContainText('Last used');
  });

  test('nothing is remembered where the page does not want it', async ({ page, host }) => {
    host.options.rememberLastLogin = false;
    const box = new Box(page);
    await page.goto(host.origin);
    const asked = authorized(page);
    await box.root.getByRole('button', { name: /Google/ }).click();
    await asked;
    await page.goto(host.origin);
    await expect(box.root.getByRole('button', { name: /Google/ })).not.toContainText('Last used');
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
  });

  test('only allowed ones are there, and none asks for a form that is not', async ({ page, host }) => {
    host.options.allowedConnections = ['corp'];
    const box = new Box(page);
    await page.goto(host.origin);
    await expect(box.root.getByRole('button')).toHaveText(['Continue with Example <Corp>']);
    await expect(box.root.locator('form')).toHaveCount(0);
    await expect(box.root.getByText('or', { exact: true })).toHaveCount(0);
    await expectAccessible(page);
  });
});

test('where the application\'s own server ends the login, no challenge is sent', async ({ page, latchlet, host }) => {
  const email = await account(latchlet, host);
  Object.assign(host.options.auth, { responseType: 'code', redirectUrl: `${host.origin}/`, state: 'mine' });
  const box = new Box(page);
  await page.goto(host.origin);
  const asked = authorized(page);
  await box.signIn({ email });
  const parameters = await asked;
  expect(parameters).toMatchObject({ state: 'mine', redirect_uri: `${host.origin}/`, login_ticket: expect.any(String) });
  expect(Object.keys(parameters)).not.toContain('code_challenge');
  expect(Object.keys(parameters)).not.toContain('nonce');
});

test.describe('with two databases', () => {
  test.use({ serverConfig: { tenant: { connections: [{ name: database.name }, { name: 'staff' }] } } });

  test('the page finds out whose somebody is', async ({ page, latchlet, host }) => {
    const email = await account(latchlet, host, { connection: 'staff' });
    host.options.connections = [database, { name: 'staff' }];
    host.change = (given) => {
      given.connectionResolver = (username, context, done) => {
        sessionStorage.setItem('resolved', JSON.stringify([username, context]));
        done(username.startsWith('ada') ? { type: 'database', name: 'staff' } : null);
      };
    };
    const box = new Box(page);
    await page.goto(host.origin);
    const body = nextBody(page, '/co/authenticate');
    await box.signIn({ email });
    expect(await body).toMatchObject({ realm: 'staff' });
    await loggedIn(box);
    const [username, context] = JSON.parse(await page.evaluate(() => sessionStorage.getItem('resolved')));
    expect(username).toBe(email);
    expect(context.connections.map(({ name }) => name)).toEqual([database.name, 'staff']);
  });

  test('the default one is where accounts are made', async ({ page, host }) => {
    Object.assign(host.options, { connections: [database, { name: 'staff' }], defaultDatabaseConnection: 'staff', initialScreen: 'signUp' });
    const box = new Box(page);
    await page.goto(host.origin);
    const body = nextBody(page, '/dbconnections/signup');
    await box.email.fill(newEmail());
    await box.password.fill(good);
    await box.submit.click();
    expect(await body).toMatchObject({ connection: 'staff' });
    await loggedIn(box);
  });
});
