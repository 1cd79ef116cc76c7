// What a page does and says of its own: hooks, `beforesubmit`, messages, words.

import { account, loggedIn } from './harness/accounts.mjs';
import { expectAccessible } from './harness/axe.mjs';
import { Box, passwords } from './harness/box.mjs';
import { expect, newEmail, picture, test } from './harness/test.mjs';

const { good } = passwords;

// Any fields may be stored: the server has no form here.
test.use({ serverConfig: { connection: { box: undefined } } });

test.beforeEach(({ latchlet, host }) => {
  expect(latchlet.origin).toBe(host.options.domain);
  host.options.additionalSignUpFields = [];
  host.options.initialScreen = 'login';
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
