// The network between a person and the server on a bad day. Every fault is
// made by a proxy in front of the real server.

import { expectAccessible } from './harness/axe.mjs';
import { Box } from './harness/box.mjs';
import { expect, newEmail, picture, test } from './harness/test.mjs';

const SIGN_UP = '/dbconnections/signup';
const html = { 'content-type': 'text/html' };
const json = { 'content-type': 'application/json' };

/** Opens the demo page with a filled form. */
async function filled(page, latchlet) {
  const box = new Box(page);
  const email = newEmail();
  await page.goto(latchlet.demo);
  await box.fill({ email, company: 'kept' });
  return { box, email };
}

/** Whatever went wrong: nothing typed is lost, and a second try goes through. */
async function expectRecovery(box, email) {
  await expect(box.alert).not.toBeEmpty();
  await expect(box.email).toHaveValue(email);
  await expect(box.company).toHaveValue('kept');
  await expect(box.password).not.toHaveValue('');
  await expect(box.submit).not.toHaveAttribute('aria-disabled', 'true');
  await box.submit.click();
  await expect(box.heading('You are logged in')).toBeVisible();
}

const faults = {
  'a 500': { answer: { status: 500, headers: json, body: '{"statusCode":500}' } },
  'a 502 of a proxy, in HTML': { answer: { status: 502, headers: html, body: '<h1>Bad <script>alert(1)</script>' } },
  'a 503 without a body': { answer: { status: 503 } },
  'a 429': { answer: { status: 429, headers: json, body: '{"error":"too_many_requests","statusCode":429}' } },
  'a 400 of another shape': { answer: { status: 400, headers: json, body: '[[["?"]]]' } },
  'truncated JSON': { answer: { status: 400, headers: json, body: '{"code":"inv' } },
  'a cut connection': { cut: 'before' },
};

for (const [name, fault] of Object.entries(faults)) {
  test(`${name}: a clear sentence, nothing lost, the next try works`, async ({ page, latchlet, watched }) => {
    watched.allow(/Failed to load resource|net::ERR_/);
    const { box, email } = await filled(page, latchlet);
    latchlet.proxy.spoil(SIGN_UP, fault);
    await box.submit.click();
    await expect(box.alert).not.toBeEmpty();
    await expect(box.alert).not.toContainText(/[<{[]/);
    await expectRecovery(box, email);
  });
}

test('offline: the sentence says so, and back online it goes on', async ({ page, context, latchlet, watched }) => {
  watched.allow(/Failed to load resource|net::ERR_/);
  const { box, email } = await filled(page, latchlet);
  await context.setOffline(true);
  await box.submit.click();
  await expect(box.alert).toHaveText(/^We can’t reach the server/);
  await picture(page, 'offline');
  await expectAccessible(page);
  await context.setOffline(false);
  await expectRecovery(box, email);
  expect(latchlet.proxy.count(`POST ${SIGN_UP}`)).toBe(1);
});

test('a server that never answers is given up on', async ({ page, latchlet, watched }) => {
  watched.allow(/Failed to load resource|net::ERR_/);
  const { box, email } = await filled(page, latchlet);
  latchlet.proxy.spoil(SIGN_UP, { silence: true });
  await box.submit.click();
  await expect(box.alert).toHaveText(/^The server didn’t answer in time/, { timeout: 20_000 });
  await expectRecovery(box, email);
});

test('an account that was made although the answer was lost is not made twice', async ({ page, latchlet, watched }) => {
  watched.allow(/Failed to load resource|net::ERR_/);
  const { box, email } = await filled(page, latchlet);
  latchlet.proxy.spoil(SIGN_UP, { cut: 'after' });
  await box.submit.click();
  await expect(box.alert).not.toBeEmpty();
  // The second try meets the account of the first; logging in goes on.
  await box.submit.click();
  await expect(box.alert).toHaveText(/log in instead/);
  await box.root.getByRole('button', { name: 'Log in' }).click();
  await box.signIn({ email });
  await expect(box.heading('You are logged in')).toBeVisible();
});

test('a slow server: the button says what happens, keeps focus, and a second click sends nothing', async ({ page, latchlet }) => {
  const { box } = await filled(page, latchlet);
  latchlet.proxy.spoil(SIGN_UP, { delay: 2000 });
  await box.company.press('Enter');
  // By force, since the button says that it is disabled, and a person may
  // still click it.
  await box.submit.click({ force: true });
  await box.submit.dblclick({ force: true });
  await expect(box.submit).toHaveAttribute('aria-disabled', 'true');
  await expect(box.submit).toBeFocused();
  await expect(box.submit).toHaveText('Creating your account…');
  await expect(box.status).toHaveText('Creating your account…');
  await picture(page, 'busy');
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await expect(box.heading('You are logged in')).toBeVisible();
  expect(latchlet.proxy.count(`POST ${SIGN_UP}`)).toBe(1);
});

test('a server that takes long: after ten seconds the status and the button say that it goes on', async ({ page, latchlet }) => {
  await page.clock.install();
  const { box } = await filled(page, latchlet);
  latchlet.proxy.spoil(SIGN_UP, { delay: 3000 });
  await box.submit.click();
  await expect(box.status).toHaveText('Creating your account…');
  await page.clock.fastForward(9_000);
  await expect(box.status).toHaveText('Creating your account…');
  await page.clock.fastForward(1_000);
  await expect(box.status).toHaveText('Still working…');
  await expect(box.root.getByRole('button', { name: 'Still working…' })).toHaveAttribute('aria-disabled', 'true');
  await picture(page, 'still-working');
  await expect(box.heading('You are logged in')).toBeVisible();
});

test('what takes long is told of the request that does, and of no other', async ({ page, latchlet }) => {
  await page.clock.install();
  const { box } = await filled(page, latchlet);
  latchlet.proxy.spoil(SIGN_UP, { answer: { status: 500 } });
  await box.submit.click();
  await expect(box.alert).not.toBeEmpty();
  await page.clock.fastForward(6_000);
  latchlet.proxy.spoil(SIGN_UP, { delay: 2000 });
  await box.submit.click();
  await expect(box.status).toHaveText('Creating your account…');
  await page.clock.fastForward(6_000);
  await expect(box.status).toHaveText('Creating your account…');
  await expect(box.heading('You are logged in')).toBeVisible();
});

test('sign-in faults keep the address and say what to do', async ({ page, latchlet }) => {
  const box = new Box(page);
  const email = newEmail();
  await page.goto(latchlet.demo);
  await box.root.getByRole('button', { name: 'Log in' }).click();
  latchlet.proxy.spoil('/co/authenticate', { answer: { status: 500, headers: html, body: 'oh' } });
  await box.signIn({ email });
  await expect(box.alert).toHaveText(/^Something went wrong on our side/);
  await expect(box.email).toHaveValue(email);
});
