// What a page can say of a sign-up: terms, a login after it, answers that do not
// fit it, user names.

import { account, database, loggedIn } from './harness/accounts.mjs';
import { expectAccessible } from './harness/axe.mjs';
import { Box, passwords } from './harness/box.mjs';
import { nextBody, storedProfile } from './harness/profile.mjs';
import { expect, newEmail, test } from './harness/test.mjs';

const { good } = passwords;

// Any fields may be stored: the server has no form here.
test.use({ serverConfig: { connection: { box: undefined } } });

test.beforeEach(({ latchlet, host }) => {
  expect(latchlet.origin).toBe(host.options.domain);
  host.options.additionalSignUpFields = [];
  host.options.initialScreen = 'login';
});

test.describe('signing up', () => {
  test.beforeEach(({ host }) => { host.options.initialScreen = 'signUp'; });

  async function fill(box, email = newEmail()) {
    await box.email.fill(email);
    await box.password.fill(good);
  }

  test('the terms must be accepted, and are not sent', async ({ page, latchlet, host }) => {
    host.options.mustAcceptTerms = true;
    const box = new Box(page);
    await page.goto(host.origin);
    const terms = box.root.getByRole('checkbox', { name: 'I agree to the terms of service and the privacy policy' });
    await expect(terms).not.toBeChecked();
    await fill(box);
    await box.submit.click();
    await expect(box.errorOf(terms)).toHaveText(/^Tick the box to continue/);
    expect(latchlet.proxy.count('POST /dbconnections/signup')).toBe(0);
    await terms.check();
    const body = nextBody(page, '/dbconnections/signup');
    await box.submit.click();
    expect(JSON.stringify(await body)).not.toContain('terms');
    await loggedIn(box);
  });

  test('it need not be a login', async ({ page, latchlet, host }) => {
    host.options.loginAfterSignUp = false;
    const box = new Box(page);
    await page.goto(host.origin);
    const email = newEmail();
    await fill(box, email);
    await box.submit.click();
    await expect(box.heading('Your account is ready')).toBeFocused();
    await expectAccessible(page);
    expect(latchlet.proxy.count('POST /co/authenticate')).toBe(0);
    await box.root.getByRole('button', { name: 'Log in' }).click();
    await expect(box.email).toHaveValue(email);
    await box.signIn({ email });
    await loggedIn(box);
  });

  test('what does not fit a sign-up arrives with the login', async ({ page, latchlet, host }) => {
    const long = '日本 & <long> '.repeat(100);
    host.options.additionalSignUpFields = [
      { name: 'essay', type: 'textarea', label: 'Essay', rules: { maxLength: 2000 } },
      { name: 'topics', type: 'checkboxes', label: 'Topics', options: ['a', 'b'] },
      ...Array.from({ length: 11 }, (_, place) => ({ name: `field${place}`, label: `Field ${place}` })),
    ];
    const box = new Box(page);
    await page.goto(host.origin);
    await fill(box);
    await box.root.getByLabel('Essay').fill(long);
    await box.root.getByLabel('b', { exact: true }).check();
    const fitting = {};
    for (let place = 0; place < 11; place += 1) {
      fitting[`field${place}`] = `${place}`;
      await box.root.getByLabel(`Field ${place}`, { exact: true }).fill(`${place}`);
    }
    const body = nextBody(page, '/dbconnections/signup');
    await box.submit.click();
    const all = { ...fitting, essay: long, topics: ['b'] };
    delete fitting.field10;
    expect((await body).user_metadata).toEqual(fitting);
    expect((await storedProfile(page, latchlet)).user_metadata).toEqual(all);
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  });

  test('answers that the profile refuses are handed to the page', async ({ page, latchlet, host, watched }) => {
    watched.allow(/the profile was not updated/);
    host.options.additionalSignUpFields = [{ name: 'topics', type: 'checkboxes', label: 'Topics', options: ['a', 'b'] }];
    const box = new Box(page);
    await page.goto(host.origin);
    await fill(box);
    await box.root.getByLabel('a', { exact: true }).check();
    await page.route('**/api/v2/users/*', (route) => (route.request().method() === 'PATCH'
      ? route.fulfill({ status: 403, headers: { 'access-control-allow-origin': host.origin }, body: '{"statusCode":403,"errorCode":"insufficient_scope"}' })
      : route.continue()));
    await box.submit.click();
    await loggedIn(box);
    const { detail } = await page.evaluate(() => globalThis.latchletTest.events.find(({ name }) => name === 'authenticated'));
    expect(detail.deferred).toEqual({ topics: ['a'] });
    expect(latchlet.proxy.count('POST /oauth/token')).toBe(1);
  });
});

test.describe('where accounts have user names', () => {
  const rules = { requires_username: true, validation: { username: { min: 3, max: 20 } } };
  test.use({ serverConfig: { tenant: { connections: [{ name: database.name, ...rules }] } } });

  test.beforeEach(({ host }) => { host.options.connections = [{ ...database, ...rules }]; });

  test('a hidden one is made up, of the right form, and stored', async ({ page, latchlet, host }) => {
    Object.assign(host.options, { signUpHideUsernameField: true, initialScreen: 'signUp' });
    const box = new Box(page);
    await page.goto(host.origin);
    await expect(box.root.getByLabel('Username')).toHaveCount(0);
    await box.email.fill(newEmail());
    await box.password.fill(good);
    const body = nextBody(page, '/dbconnections/signup');
    await box.submit.click();
    const { username } = await body;
    expect(username).toMatch(/^[a-z0-9]{20}$/);
    expect(await storedProfile(page, latchlet)).toMatchObject({ username });
  });

  for (const [style, label, type] of [
    [undefined, 'Email address or username', 'text'], ['username', 'Username', 'text'], ['email', 'Email address', 'email'],
  ]) {
    test(`one signs in with what \`usernameStyle\` says: ${style ?? 'either'}`, async ({ page, latchlet, host }) => {
      const username = `ada${Math.random().toString(36).slice(2, 10)}`;
      const email = await account(latchlet, host, { username });
      if (style) host.options.usernameStyle = style;
      const box = new Box(page);
      await page.goto(host.origin);
      const identifier = box.root.getByLabel(label, { exact: true });
      await expect(identifier).toHaveAttribute('type', type);
      await expect(identifier).toHaveAttribute('autocomplete', 'username');
      await identifier.fill(style === 'email' ? email : username);
      await box.password.fill(good);
      await box.submit.click();
      await loggedIn(box);
    });
  }

  test('the settings of the application say so, where the config does not', async ({ page, host }) => {
    delete host.options.connections;
    await page.goto(host.origin);
    await expect(new Box(page).root.getByLabel('Email address or username', { exact: true })).toBeVisible();
  });
});
