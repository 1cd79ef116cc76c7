// Every way in which the real server says no, and what the person reads.

import { Box, passwords } from './harness/box.mjs';
import { expect, newEmail, test } from './harness/test.mjs';

async function signUp(page, latchlet, answers) {
  const box = new Box(page);
  await page.goto(latchlet.demo);
  await box.fill(answers);
  await box.submit.click();
  return box;
}

test('an address that has an account: the answer does not tell so', async ({ page, latchlet }) => {
  const email = newEmail();
  const first = await signUp(page, latchlet, { email });
  await expect(first.heading('You are logged in')).toBeVisible();
  const box = await signUp(page, latchlet, { email, company: 'kept' });
  await expect(box.alert).toHaveText(/^We couldn’t create an account with these details/);
  await expect(box.company).toHaveValue('kept');
  await expect(box.submit).not.toHaveAttribute('aria-disabled', 'true');
});

test.describe('where a site prefers to tell', () => {
  test.use({ serverConfig: { tenant: { enable_public_signup_user_exists_error: true } } });

  test('an address that has an account', async ({ page, latchlet }) => {
    const email = newEmail();
    await expect((await signUp(page, latchlet, { email })).heading('You are logged in')).toBeVisible();
    const box = await signUp(page, latchlet, { email });
    await expect(box.errorOf(box.email)).toHaveText(/already an account/);
    await expect(box.summary).toBeFocused();
  });
});

test.describe('where the server wants more than the page knows of', () => {
  test.use({ serverConfig: { box: { passwordPolicy: 'excellent' } } });

  test('a weak password: the server\'s own rules are shown', async ({ page, latchlet, host }) => {
    const box = new Box(page);
    await page.goto(host.origin);
    await box.fill({ email: newEmail() });
    await box.submit.click();
    await expect(box.summary).toBeFocused();
    await expect(box.errorOf(box.password)).toContainText('Enter a password that meets this policy');
    await expect(box.errorOf(box.password)).toContainText(/upper case/i);
  });
});

test.describe('where nobody may join', () => {
  test.use({ serverConfig: { connection: { disable_signup: true } } });

  test('a closed sign-up says so', async ({ page, latchlet }) => {
    const box = await signUp(page, latchlet, { email: newEmail() });
    await expect(box.alert).toHaveText('New accounts can’t be created here at the moment.');
  });
});

test('a value that the server\'s schema refuses is told at its field', async ({ page, latchlet, host }) => {
  // The page has an older config than the server: it knows no longest length.
  delete host.options.additionalSignUpFields.find(({ name }) => name === 'company').rules;
  const box = new Box(page);
  await page.goto(host.origin);
  await box.fill({ email: newEmail(), company: 'x'.repeat(101) });
  await box.submit.click();
  await expect(box.summary).toBeFocused();
  await expect(box.errorOf(box.company)).toContainText('100');
  await expect(box.company).toHaveValue('x'.repeat(101));
});

test('a wrong password and an unknown account read the same, and only the password goes', async ({ page, latchlet }) => {
  const email = newEmail();
  await expect((await signUp(page, latchlet, { email })).heading('You are logged in')).toBeVisible();
  for (const who of [email, newEmail('nobody')]) {
    const box = new Box(page);
    await page.goto(latchlet.demo);
    await box.root.getByRole('button', { name: 'Log in' }).click();
    await box.signIn({ email: who, password: `${passwords.good}!` });
    await expect(box.alert).toHaveText('The email address or the password is wrong.');
    await expect(box.email).toHaveValue(who);
    await expect(box.password).toHaveValue('');
  }
});

test('a page that the server does not know is told that it may not sign people in', async ({ page, latchlet }) => {
  // As a tenant says it, whose own pages our server always knows.
  const answer = { status: 403, body: `Origin ${latchlet.origin} is not allowed.` };
  latchlet.proxy.spoil('/co/authenticate', { answer });
  const box = new Box(page);
  await page.goto(latchlet.demo);
  await box.root.getByRole('button', { name: 'Log in' }).click();
  await box.signIn({ email: newEmail() });
  await expect(box.alert).toHaveText(/^This page isn’t allowed to log you in/);
  await expect(box.submit).not.toHaveAttribute('aria-disabled', 'true');
});

test('a code that was used already logs nobody in, and the way on is there', async ({ page, latchlet }) => {
  let address;
  page.on('request', (request) => { if (request.url().includes('code=')) address ??= request.url(); });
  await expect((await signUp(page, latchlet, { email: newEmail() })).heading('You are logged in')).toBeVisible();
  await page.goto(address);
  const box = new Box(page);
  await expect(box.heading('Welcome back')).toBeVisible();
  await expect(box.alert).toHaveText(/Log in again/);
  expect(new URL(page.url()).search).toBe('');
});
