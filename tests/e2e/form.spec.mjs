// The sign-up form before anything is sent: what it says, and when.

import { Box, passwords } from './harness/box.mjs';
import { boxOptions, expect, test } from './harness/test.mjs';

test.beforeEach(async ({ host, page }) => {
  host.options = { ...await boxOptions(), domain: host.origin };
  await page.goto(host.origin);
  await expect(new Box(page).heading('Create your account')).toBeVisible();
});

test('every control has its label, its name and its autocomplete token', async ({ page }) => {
  const box = new Box(page);
  await expect(box.email).toHaveAttribute('autocomplete', /email|username/);
  await expect(box.email).toHaveAttribute('type', 'email');
  await expect(box.password).toHaveAttribute('autocomplete', 'new-password');
  await expect(box.name).toHaveAttribute('autocomplete', 'name');
  for (const control of [box.email, box.password, box.name, box.company, box.teamSize, box.newsletter]) {
    await expect(control).toHaveAttribute('name', /^latchlet-/);
  }
  for (const control of [box.email, box.password, box.name, box.teamSize]) {
    await expect(control).toHaveAttribute('aria-required', 'true');
  }
  await expect(box.company).not.toHaveAttribute('aria-required');
});

test('a mistake is told after the field is left, and gone at the key that mends it', async ({ page }) => {
  const box = new Box(page);
  const error = box.errorOf(box.email);
  await box.email.pressSequentially('ada@');
  await expect(error).toBeEmpty();
  await box.email.press('Tab');
  await expect(error).toHaveText('Enter an email address like name@example.com');
  await expect(box.email).toHaveAttribute('aria-invalid', 'true');
  await expect(box.email).toHaveAccessibleDescription(/^Enter an email address/);
  await box.email.pressSequentially('example.com');
  await expect(error).toBeEmpty();
  await expect(box.email).not.toHaveAttribute('aria-invalid', 'true');
});

test('a field that was left empty is not called wrong before the submit', async ({ page }) => {
  const box = new Box(page);
  await box.email.focus();
  await box.email.press('Tab');
  await box.name.focus();
  await box.name.press('Tab');
  await expect(box.errorOf(box.email)).toBeEmpty();
  await expect(box.errorOf(box.name)).toBeEmpty();
});

test('a submit lists what is wrong, takes focus there, and links to each field', async ({ page }) => {
  const box = new Box(page);
  await box.submit.click();
  await expect(box.summary).toBeFocused();
  await expect(box.summary.getByRole('heading')).toHaveText('There are 4 problems');
  const links = box.summary.getByRole('link');
  const controls = [box.email, box.password, box.name, box.teamSize];
  await expect(links).toHaveCount(controls.length);
  const address = page.url();
  for (const [index, control] of controls.entries()) {
    const words = await links.nth(index).textContent();
    await expect(box.errorOf(control)).toHaveText(words);
    await links.nth(index).click();
    await expect(control).toBeFocused();
  }
  expect(page.url()).toBe(address);
});

test('one mistake is one problem', async ({ page }) => {
  const box = new Box(page);
  await box.fill({ email: 'ada@example.com', name: '' });
  await box.submit.click();
  await expect(box.summary.getByRole('heading')).toHaveText('There is a problem');
  await expect(box.summary.getByRole('link')).toHaveText(['Full name is required']);
});

test('the password is shown on demand, and hidden again by a submit', async ({ page }) => {
  const box = new Box(page);
  await box.password.fill(passwords.weak);
  await expect(box.password).toHaveAttribute('type', 'password');
  await box.root.getByRole('button', { name: 'Show password' }).click();
  await expect(box.password).toHaveAttribute('type', 'text');
  await expect(box.password).toHaveValue(passwords.weak);
  await expect(box.root.getByRole('button', { name: 'Hide password' })).toBeVisible();
  await box.submit.click();
  await expect(box.password).toHaveAttribute('type', 'password');
});

test('the password policy is ticked off while one types', async ({ page }) => {
  const box = new Box(page);
  const rule = box.root.getByRole('listitem').filter({ hasText: 'at least 15 characters' });
  await expect(rule).toContainText('not met yet');
  await box.password.pressSequentially('fourteen chars');
  await expect(rule).toContainText('not met yet');
  await box.password.press('!');
  await expect(rule).not.toContainText('not met yet');
  await expect(box.status).toHaveText('Your password meets every requirement.');
});

test('the live regions are there, empty, before there is anything to say, and stay the same', async ({ page }) => {
  const box = new Box(page);
  await expect(box.status).toBeEmpty();
  await expect(box.alert).toBeEmpty();
  const [status, alert] = [await box.status.elementHandle(), await box.alert.elementHandle()];
  await box.password.fill(passwords.good);
  await expect(box.status).not.toBeEmpty();
  expect(await status.evaluate((node) => node.isConnected)).toBe(true);
  expect(await alert.evaluate((node) => node.isConnected)).toBe(true);
});

test('what was typed stays from one screen to the other, but not the password', async ({ page }) => {
  const box = new Box(page);
  await box.fill({ email: 'ada@example.com', company: 'Engines & Co' });
  await box.root.getByRole('button', { name: 'Log in' }).click();
  await expect(box.heading('Welcome back')).toBeFocused();
  await expect(box.email).toHaveValue('ada@example.com');
  await expect(box.password).toHaveValue('');
  await expect(box.password).toHaveAttribute('autocomplete', 'current-password');
  await box.root.getByRole('button', { name: 'Sign up' }).click();
  await expect(box.heading('Create your account')).toBeFocused();
  await expect(box.company).toHaveValue('Engines & Co');
  await expect(box.password).toHaveValue('');
});

test('pasting is nobody\'s business but the person\'s', async ({ page }) => {
  const box = new Box(page);
  for (const control of [box.email, box.password, box.name]) {
    for (const type of ['paste', 'copy', 'cut', 'contextmenu', 'drop']) {
      const stopped = await control.evaluate((element, name) =>
        !element.dispatchEvent(new Event(name, { bubbles: true, cancelable: true })), type);
      expect(stopped, type).toBe(false);
    }
  }
});

test('a value that a password manager set without any event is judged too', async ({ page }) => {
  const box = new Box(page);
  await box.email.evaluate((input) => { input.value = 'ada@example.com'; });
  await box.submit.click();
  await expect(box.summary.getByRole('heading')).toHaveText('There are 3 problems');
  await expect(box.errorOf(box.email)).toBeEmpty();
});
