// What one `show()` says, over what the constructor said.

import { LockPage } from './harness/lock.mjs';
import { expect, test } from './harness/test.mjs';

/** @type {LockPage} */
let lock;

test.beforeEach(async ({ page, host, latchlet }) => {
  expect(latchlet.origin).toBe(host.connectTo);
  host.options.connections.push(
    { name: 'google-oauth2', strategy: 'google-oauth2' },
    { name: 'github', strategy: 'github' },
  );
  lock = new LockPage(page, host);
  await lock.open();
});

const show = (page, options) => page.evaluate((given) => globalThis.lockTest.lock.show(given), options);

test('it holds for one show, and the next starts from the constructor\'s again', async ({ page }) => {
  await show(page, { initialScreen: 'login', flashMessage: { type: 'success', text: 'Welcome <b>back</b>' } });
  await expect(lock.box.heading('Welcome back')).toBeVisible();
  await expect(lock.box.root.getByText('Welcome <b>back</b>')).toBeVisible();
  await page.keyboard.press('Escape');
  await show(page);
  await expect(lock.box.heading('Create your account')).toBeVisible();
  await expect(lock.box.root.getByText('Welcome <b>back</b>')).toHaveCount(0);
});

test('flash messages of each type are shown as text, and heard', async ({ page }) => {
  await show(page, { flashMessage: { type: 'error', text: 'It <i>failed</i>' } });
  await expect(lock.dialog.getByRole('alert').filter({ hasText: 'It <i>failed</i>' })).toBeVisible();
  await page.keyboard.press('Escape');
  await show(page, { flashMessage: { type: 'info', text: 'Maintenance & more' } });
  await expect(lock.dialog.getByRole('status').filter({ hasText: 'Maintenance & more' })).toBeVisible();
});

test('allowedConnections restricts the ways in and orders them', async ({ page }) => {
  await show(page, { allowedConnections: ['github', 'google-oauth2'] });
  await expect(lock.box.root.getByRole('button', { name: /^Continue with/ })).toHaveText([
    'Continue with GitHub', 'Continue with Google',
  ]);
  await expect(lock.box.email).toHaveCount(0);
});

test('allowLogin, allowSignUp and allowForgotPassword choose the screens', async ({ page }) => {
  await show(page, { initialScreen: 'login', allowSignUp: false });
  await expect(lock.box.heading('Welcome back')).toBeVisible();
  await expect(lock.box.root.getByRole('button', { name: 'Forgot your password?' })).toBeVisible();
  await expect(lock.box.root.getByRole('button', { name: 'Sign up' })).toHaveCount(0);
  await show(page, { initialScreen: 'login', allowForgotPassword: false });
  await expect(lock.box.root.getByRole('button', { name: 'Sign up' })).toBeVisible();
  await expect(lock.box.root.getByRole('button', { name: 'Forgot your password?' })).toHaveCount(0);
  await show(page, { allowLogin: false });
  await expect(lock.box.root.getByRole('button', { name: 'Log in', exact: true })).toHaveCount(0);
});

test('language and languageDictionary, merged over the constructor\'s', async ({ page }) => {
  await page.evaluate(() => {
    globalThis.lockTest.lock = globalThis.lockTest.make({
      languageDictionary: { signUpTitle: 'Werden Sie Kundin', close: 'Schließen', signUpSubmitLabel: 'Los' },
      additionalSignUpFields: [{ name: 'firm', label: { de: 'Firma', fr: 'Société' } }],
    });
    globalThis.lockTest.lock.show({ language: 'fr', languageDictionary: { signUpSubmitLabel: 'Allons-y' } });
  });
  await expect(lock.dialog).toHaveAccessibleName('Werden Sie Kundin');
  await expect(lock.dialog.getByRole('button', { name: 'Schließen' })).toBeVisible();
  await expect(lock.box.root.getByLabel('Société')).toBeVisible();
  await expect(lock.box.root.getByRole('button', { name: 'Allons-y' })).toBeVisible();
  await expect(lock.box.root).toHaveAttribute('lang', 'fr');
});

test('theme.primaryColor and theme.logo', async ({ page }) => {
  const button = lock.box.submit;
  await show(page, { theme: { primaryColor: '#ffd400', logo: '/icon.svg' } });
  await expect(button).toHaveCSS('background-color', 'rgb(255, 212, 0)');
  await expect(button).toHaveCSS('color', 'oklch(0 0 0)');
  await expect(lock.box.root.locator('img[part~="logo"]')).toHaveAttribute('src', '/icon.svg');
  await show(page, { theme: { primaryColor: 'navy' } });
  await expect(button).toHaveCSS('background-color', 'rgb(0, 0, 128)');
  await expect(button).toHaveCSS('color', 'oklch(1 0 0)');
  await show(page, { theme: { primaryColor: 'no colour; background: red' } });
  await expect(button).toHaveCSS('background-color', 'rgb(59, 63, 216)');
});

test('auth.params of a show replace the constructor\'s, and go to /authorize', async ({ page }) => {
  await show(page, { initialScreen: 'login', auth: { params: { scope: 'openid email', login_hint: 'ada@example.com' } } });
  const asked = page.waitForRequest(/\/authorize\?/);
  await page.route('**/authorize?*', (route) => route.fulfill({ status: 204 }));
  await lock.box.root.getByRole('button', { name: 'Continue with GitHub' }).click();
  const query = new URL((await asked).url()).searchParams;
  expect(query.get('connection')).toBe('github');
  expect(query.get('scope')).toBe('openid email');
  expect(query.get('login_hint')).toBe('ada@example.com');
  expect(query.get('code_challenge_method')).toBe('S256');
  expect(await lock.told('federated login')).toEqual([[{ name: 'github', strategy: 'github', action: 'login' }]]);
});

test('rememberLastLogin marks the button that was used last, with no frame and no request', async ({ page, latchlet }) => {
  await page.route('**/authorize?*', (route) => route.fulfill({ status: 204 }));
  await lock.opener.click();
  await lock.box.root.getByRole('button', { name: 'Continue with GitHub' }).click();
  await lock.hears('federated login');
  await lock.open();
  await lock.opener.click();
  await expect(lock.box.root.getByRole('button', { name: /GitHub.*Last used/ })).toBeVisible();
  await show(page, { rememberLastLogin: false });
  await expect(lock.box.root.getByText('Last used')).toHaveCount(0);
  expect(latchlet.proxy.seen.filter((request) => request.includes('/authorize'))).toEqual([]);
});

test('Lock\'s switches for autocomplete and showing passwords are accepted', async ({ page }) => {
  await show(page, { allowAutocomplete: false, allowPasswordAutocomplete: false, allowShowPassword: false });
  await expect(lock.box.email).toHaveAttribute('autocomplete', /email|username/);
  await expect(lock.box.password).toHaveAttribute('autocomplete', 'new-password');
  await expect(lock.box.root.getByRole('button', { name: 'Show password' })).toBeVisible();
});

test('the container is the constructor\'s: a show that names one is told', async ({ page }) => {
  const warning = page.waitForEvent('console', (message) => message.type() === 'warning');
  await show(page, { container: 'place' });
  expect((await warning).text()).toContain('`container` is for the constructor alone');
  await expect(lock.dialog).toBeVisible();
});

test('a misspelt override is told in place of the form', async ({ page, watched }) => {
  watched.allow(/Latchlet/);
  await show(page, { allowSignup: false });
  await expect(lock.dialog).toContainText('allowSignUp');
});

test('autoclose: a login that comes back closes the modal that is open', async ({ page, host }) => {
  host.options.autoclose = true;
  await lock.open();
  await lock.opener.click();
  await lock.begin();
  await lock.box.fill({ email: `auto-${Date.now()}@example.com` });
  await page.addInitScript(() => {
    addEventListener('DOMContentLoaded', () => {
      const watch = setInterval(() => {
        if (!globalThis.lockTest) return;
        clearInterval(watch);
        if (new URLSearchParams(location.search).has('code')) globalThis.lockTest.lock.show();
      });
    });
  });
  await lock.box.submit.click();
  await lock.hears('authenticated');
  await expect.poll(() => lock.told('hide')).toHaveLength(1);
  await expect(lock.dialog).toBeHidden();
});
