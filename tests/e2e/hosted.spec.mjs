// The login page of the server itself, where `/authorize` sends people: the box
// where scripts run, a plain form where they don't. Both end at the application.

import { expectAccessible } from './harness/axe.mjs';
import { Box, passwords } from './harness/box.mjs';
import { database } from './harness/accounts.mjs';
import { expect, newEmail, picture, test } from './harness/test.mjs';

const clientId = 'latchlet-demo';
/** The pair of RFC 7636, Appendix B. */
const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

/** The address of `/authorize`, as an application on a server of its own has it. */
function authorize(latchlet, host, more = {}) {
  const query = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    redirect_uri: `${host.origin}/`,
    scope: 'openid profile email',
    state: 'the state & <more>',
    nonce: 'the nonce',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...more,
  });
  return `${latchlet.origin}/authorize?${query}`;
}

/** The browser came back with a code that is good. Returns who it is. */
async function cameBack(page, latchlet, host) {
  await page.waitForURL((url) => url.origin === host.origin && url.searchParams.has('code'));
  const url = new URL(page.url());
  expect(url.searchParams.get('state')).toBe('the state & <more>');
  const reply = await fetch(`${latchlet.origin}/oauth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: host.origin },
    body: JSON.stringify({
      grant_type: 'authorization_code',
      client_id: clientId,
      code: url.searchParams.get('code'),
      redirect_uri: `${host.origin}/`,
      code_verifier: verifier,
    }),
  });
  expect(reply.status).toBe(200);
  const { id_token: token } = await reply.json();
  const claims = JSON.parse(Buffer.from(token.split('.')[1], 'base64url'));
  expect(claims.nonce).toBe('the nonce');
  return claims;
}

/** Makes an account without a browser. */
async function account(latchlet, host) {
  const email = newEmail();
  const reply = await fetch(`${latchlet.origin}/dbconnections/signup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: host.origin },
    body: JSON.stringify({
      client_id: clientId,
      connection: database.name,
      email,
      password: passwords.good,
      name: 'Ada Lovelace',
      user_metadata: { team_size: '1', newsletter: 'false', source: 'demo' },
    }),
  });
  expect(reply.status, await reply.text()).toBe(200);
  return email;
}

test.describe('with scripts', () => {
  test('the box signs up, and goes on to the application', async ({ page, latchlet, host }) => {
    await page.goto(authorize(latchlet, host, { screen_hint: 'signup' }));
    const box = new Box(page);
    await expect(box.heading('Create your account')).toBeVisible();
    await expectAccessible(page);
    const email = newEmail();
    await box.fill({ email });
    await box.submit.click();
    expect((await cameBack(page, latchlet, host)).email).toBe(email);
    // The browser is signed in: the next application need not ask.
    await page.goto(authorize(latchlet, host, { prompt: 'none' }));
    expect((await cameBack(page, latchlet, host)).email).toBe(email);
    await page.goto(authorize(latchlet, host, { prompt: 'login' }));
    await expect(box.heading('Welcome back')).toBeVisible();
  });

  test('the box signs in', async ({ page, latchlet, host }) => {
    const email = await account(latchlet, host);
    await page.goto(authorize(latchlet, host, { login_hint: email }));
    const box = new Box(page);
    await expect(box.email).toHaveValue(email);
    await box.password.fill(passwords.good);
    await box.submit.click();
    expect((await cameBack(page, latchlet, host)).email).toBe(email);
  });

  test('what was typed before the box was there goes along', async ({ page, latchlet, host }) => {
    const email = await account(latchlet, host);
    let release;
    const held = new Promise((resolve) => { release = resolve; });
    await page.route('**/latchlet_bg.wasm', async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(authorize(latchlet, host), { waitUntil: 'domcontentloaded' });
    await page.getByLabel('Email address').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(passwords.good);
    release();
    const box = new Box(page);
    await expect(box.heading('Welcome back')).toBeVisible();
    await expect(box.email).toHaveValue(email);
    await expect(box.password).toBeFocused();
    await box.submit.click();
    expect((await cameBack(page, latchlet, host)).email).toBe(email);
  });

  test('a popup answers the page that opened it', async ({ page, latchlet, host }) => {
    const email = await account(latchlet, host);
    await page.goto(`${host.origin}/`);
    const address = authorize(latchlet, host, { response_mode: 'web_message', redirect_uri: host.origin });
    const opened = page.waitForEvent('popup');
    const said = page.evaluate((url) => new Promise((resolve) => {
      addEventListener('message', ({ data, origin }) => resolve({ ...data, origin }));
      window.open(url);
    }), address);
    const box = new Box(await opened);
    await box.signIn({ email });
    const { type, response, origin } = await said;
    expect({ type, origin }).toEqual({ type: 'authorization_response', origin: latchlet.origin });
    expect(response).toMatchObject({ code: expect.any(String), state: 'the state & <more>' });
  });
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('somebody signs up, and in again after a wrong password', async ({ page, latchlet, host }) => {
    const email = newEmail();
    await page.goto(authorize(latchlet, host));
    await page.getByRole('link', { name: 'Sign up' }).click();
    await expect(page.getByRole('heading')).toHaveText(/^Sign up for/);
    await page.getByLabel('Email address').fill(email);
    await page.getByLabel('Password', { exact: true }).fill('too short');
    await page.getByLabel('Full name').fill('Ada <Lovelace>');
    await page.getByLabel('Team size').selectOption('1');
    await page.getByRole('button').click();
    await expect(page).toHaveTitle(/^Error: /);
    await expect(page.getByLabel('Password', { exact: true })).toHaveAccessibleDescription(/meets every requirement/);
    await expect(page.getByLabel('Email address')).toHaveValue(email);
    await expect(page.getByLabel('Full name')).toHaveValue('Ada <Lovelace>');
    await expect(page.getByLabel('Team size')).toHaveValue('1');
    await page.getByLabel('Password', { exact: true }).fill(passwords.good);
    await page.getByRole('button').click();
    expect(await cameBack(page, latchlet, host)).toMatchObject({ email, name: 'Ada <Lovelace>' });

    await page.goto(authorize(latchlet, host, { prompt: 'login' }));
    await page.getByLabel('Email address').fill(email);
    await page.getByLabel('Password', { exact: true }).fill('not this one');
    await page.getByRole('button').click();
    await expect(page.getByRole('alert')).toHaveText('The email address or the password is wrong.');
    await expect(page.getByLabel('Email address')).toHaveValue(email);
    await page.getByLabel('Password', { exact: true }).fill(passwords.good);
    await page.getByRole('button').click();
    expect((await cameBack(page, latchlet, host)).email).toBe(email);
  });

  test('a forgotten password is replaced', async ({ page, latchlet, host }) => {
    const email = await account(latchlet, host);
    await page.goto(authorize(latchlet, host));
    await page.getByRole('link', { name: 'Forgot your password?' }).click();
    await page.getByLabel('Email address').fill(email);
    await page.getByRole('button').click();
    await expect(page.getByRole('heading')).toHaveText('Check your email');
    await page.goto((await latchlet.server.letter(email)).link);
    await expect(page.getByRole('heading')).toHaveText('Choose a new password');
  });
});

test.describe('the plain form', () => {
  // A script that never comes leaves it in its place.
  test.beforeEach(async ({ page }) => {
    await page.route('**/lo/login.js', (route) => route.fulfill({ contentType: 'text/javascript', body: '' }));
  });

  for (const colorScheme of ['light', 'dark']) {
    for (const width of [320, 768]) {
      test(`fits ${width} pixels in the ${colorScheme}, and is accessible`, async ({ page, latchlet, host }) => {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 900 });
        for (const screen of ['login', 'signup', 'reset-password']) {
          await page.goto(authorize(latchlet, host, { screen_hint: screen }));
          await expect(page.getByRole('button')).toBeVisible();
          await expectAccessible(page);
          const needed = await page.evaluate(() => document.documentElement.scrollWidth);
          expect(needed).toBeLessThanOrEqual(width);
          await picture(page, `hosted-${screen}-${width}-${colorScheme}`);
        }
        await page.goto(authorize(latchlet, host, { screen_hint: 'signup' }));
        await page.locator('form').evaluate((form) => { form.noValidate = true; });
        await page.getByLabel('Full name').fill('Ada Lovelace');
        await page.getByRole('button').click();
        await expect(page).toHaveTitle(/^Error: /);
        await expect(page.getByLabel('Email address')).toBeFocused();
        await expectAccessible(page);
        await picture(page, `hosted-refused-${width}-${colorScheme}`);
      });
    }
  }
});
