// The ways in beside a password that one remembers, and what a page can say
// about each of them.

import { expectAccessible } from './harness/axe.mjs';
import { Box, passwords } from './harness/box.mjs';
import { nextBody, storedProfile } from './harness/profile.mjs';
import { expect, newEmail, picture, test } from './harness/test.mjs';

const database = { name: 'Username-Password-Authentication', password_complexity_options: { min_length: 15 } };
const social = [{ name: 'google-oauth2', strategy: 'google-oauth2' }, { name: 'corp', strategy: 'samlp', display_name: 'Example <Corp>' }];
const { good } = passwords;

/** Makes an account without the box. */
async function account(latchlet, host, more = {}) {
  const email = newEmail();
  const reply = await fetch(`${latchlet.origin}/dbconnections/signup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: host.origin },
    body: JSON.stringify({ client_id: 'latchlet-demo', connection: database.name, email, password: good, ...more }),
  });
  expect(reply.status, await reply.text()).toBe(200);
  return email;
}

/** The parameters of the next request for `/authorize`. */
async function authorized(page) {
  const request = await page.waitForRequest((one) => new URL(one.url()).pathname === '/authorize');
  return Object.fromEntries(new URL(request.url()).searchParams);
}

const loggedIn = (box) => expect(box.heading('You are logged in')).toBeVisible();

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

test.describe('the page\'s own steps', () => {
  test.beforeEach(({ host }) => {
    Object.assign(host.options, { initialScreen: 'signUp', additionalSignUpFields: [{ name: 'company', label: 'Company' }] });
  });

  async function signUp(page) {
    const box = new Box(page);
    const email = newEmail();
    await box.email.fill(email);
    await box.password.fill(good);
    await box.root.getByLabel('Company', { exact: true }).fill('Engines');
    await box.submit.click();
    return { box, email };
  }

  test('a hook gets the values without secrets, and lets them go on', async ({ page, host }) => {
    host.change = (given) => {
      given.hooks = { signingUp: (values, done) => { sessionStorage.setItem('hook', JSON.stringify(values)); setTimeout(done, 20); } };
    };
    await page.goto(host.origin);
    const { box, email } = await signUp(page);
    await loggedIn(box);
    expect(JSON.parse(await page.evaluate(() => sessionStorage.getItem('hook')))).toEqual({ email, company: 'Engines' });
  });

  for (const [how, hook] of Object.entries({
    'an error that it throws': () => { throw Object.assign(new Error('x'), { code: 'no_robots', description: 'No <b>robots</b>, please.' }); },
    'a promise': async () => { throw Object.assign(new Error('x'), { code: 'no_robots', description: 'No <b>robots</b>, please.' }); },
    'its callback': (values, done) => { done({ code: 'no_robots', description: 'No <b>robots</b>, please.' }, null); },
  })) {
    test(`a hook refuses by ${how}: its words are shown, and nothing is sent`, async ({ page, latchlet, host }) => {
      host.change = `(given) => { given.hooks = { signingUp: ${hook} }; }`;
      await page.goto(host.origin);
      const { box, email } = await signUp(page);
      await expect(box.alert).toHaveText('No <b>robots</b>, please.');
      await expect(box.submit).not.toHaveAttribute('aria-disabled');
      await expect(box.email).toHaveValue(email);
      expect(latchlet.proxy.count('POST /dbconnections/signup')).toBe(0);
      const errors = await page.evaluate(() => globalThis.latchletTest.events.filter(({ name }) => name === 'error'));
      expect(errors).toMatchObject([{ detail: { code: 'no_robots', screen: 'signUp' } }]);
    });
  }

  test('a hook of the login refuses it', async ({ page, latchlet, host }) => {
    host.options.initialScreen = 'login';
    host.change = (given) => { given.hooks = { loggingIn: () => Promise.reject(new Error('Closed on Sundays.')) }; };
    const email = await account(latchlet, host);
    await page.goto(host.origin);
    const box = new Box(page);
    await box.signIn({ email });
    await expect(box.alert).toHaveText('Closed on Sundays.');
    expect(latchlet.proxy.count('POST /co/authenticate')).toBe(0);
  });

  test('a hook that never answers is given up on', async ({ page, host }) => {
    host.change = (given) => { given.hooks = { signingUp: () => new Promise(() => {}) }; };
    await page.clock.install();
    await page.goto(host.origin);
    const { box } = await signUp(page);
    await expect(box.submit).toHaveAttribute('aria-disabled', 'true');
    await page.clock.fastForward(6_000);
    await expect(box.alert).toHaveText('Something went wrong on our side. Try again.');
    await expect(box.submit).not.toHaveAttribute('aria-disabled');
  });

  test('`beforesubmit` carries the values, and can stop what comes next', async ({ page, latchlet, host }) => {
    host.change = (given, element) => {
      globalThis.told = [];
      for (const name of ['beforesubmit', 'submit']) {
        element.addEventListener(`latchlet:${name}`, (event) => {
          globalThis.told.push([name, event.detail]);
          if (globalThis.told.length === 1) event.preventDefault();
        });
      }
    };
    await page.goto(host.origin);
    const { box, email } = await signUp(page);
    const detail = { screen: 'signUp', values: { email, company: 'Engines' } };
    await expect.poll(() => page.evaluate(() => globalThis.told)).toEqual([['beforesubmit', detail]]);
    await expect(box.submit).not.toHaveAttribute('aria-disabled');
    expect(latchlet.proxy.count('POST /dbconnections/signup')).toBe(0);
    latchlet.proxy.spoil('/dbconnections/signup', { answer: { status: 500 } });
    await box.submit.click();
    await expect(box.alert).not.toBeEmpty();
    expect(await page.evaluate(() => globalThis.told)).toEqual([['beforesubmit', detail], ['beforesubmit', detail], ['submit', detail]]);
  });
});

for (const [type, role] of [['error', 'alert'], ['success', 'status']]) {
  test(`a message of the page is seen and heard: ${type}`, async ({ page, host }) => {
    host.options.flashMessage = { type, text: 'Your <b>trial</b> is over.' };
    const box = new Box(page);
    await page.goto(host.origin);
    await expect(box[role]).toHaveText('Your <b>trial</b> is over.');
    await expect(box.root.locator('[part="flash"], [part="notice"]').filter({ hasText: 'trial' })).toBeVisible();
    await expectAccessible(page);
    await picture(page, `flash-${type}`);
  });
}

test('the page\'s own words, in its language', async ({ page, latchlet, host }) => {
  Object.assign(host.options, {
    language: 'de',
    languageDictionary: {
      title: 'Willkommen', emailInputPlaceholder: 'E-Mail-Adresse', passwordInputPlaceholder: 'Passwort', loginSubmitLabel: 'Anmelden',
      blankEmailErrorHint: 'Bitte die E-Mail-Adresse eingeben', error: { login: { invalid_user_password: 'E-Mail oder Passwort ist falsch.' } },
    },
  });
  const email = await account(latchlet, host);
  await page.goto(host.origin);
  const box = new Box(page);
  await expect(box.root).toHaveAttribute('lang', 'de');
  await expect(box.heading('Willkommen')).toBeVisible();
  const address = box.root.getByLabel('E-Mail-Adresse', { exact: true });
  const submit = box.root.getByRole('button', { name: 'Anmelden' });
  await submit.click();
  await expect(box.errorOf(address)).toHaveText('Bitte die E-Mail-Adresse eingeben');
  await address.fill(email);
  await box.root.getByLabel('Passwort', { exact: true }).fill('not the right one');
  await submit.click();
  await expect(box.alert).toHaveText('E-Mail oder Passwort ist falsch.');
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
