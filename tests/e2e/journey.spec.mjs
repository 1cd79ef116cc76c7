// The main job on the demo page: sign up, see what is stored, come back later.

import { expectAccessible } from './harness/axe.mjs';
import { Box, passwords } from './harness/box.mjs';
import { expect, newEmail, picture, test } from './harness/test.mjs';

/** A text that anything between a keyboard and a database likes to mangle. */
const awkward = 'I <3 cats & "x<y" 日本 <語>';

/** What the demo page shows as stored, by name. */
async function stored(page) {
  await expect(page.getByRole('heading', { name: 'Your stored profile' })).toBeVisible();
  await expect(page.locator('#record')).toBeVisible();
  return page.locator('#record dl').evaluateAll((lists) => Object.fromEntries(lists.flatMap((list) =>
    [...list.querySelectorAll('dt')].map((term) => [term.textContent, term.nextElementSibling.textContent]))));
}

test('sign up, see the stored profile, reload, sign in later', async ({ page, latchlet }) => {
  const box = new Box(page);
  const email = newEmail();
  await page.goto(latchlet.origin);
  await expect(page).toHaveURL(latchlet.demo);
  await picture(page, 'demo-sign-up');
  await box.fill({ email, name: 'Ada Lovelace', company: awkward, teamSize: '11-50' });
  await box.newsletter.check();
  await box.submit.click();

  await expect(box.heading('You are logged in')).toBeVisible();
  expect(await stored(page)).toMatchObject({
    email, name: 'Ada Lovelace', company: awkward, team_size: '11-50', newsletter: 'true', source: 'demo',
  });
  expect(new URL(page.url()).search, 'no code is left in the address').toBe('');
  await picture(page, 'demo-stored');
  await expectAccessible(page);

  await page.reload();
  await expect(box.heading('Create your account')).toBeVisible();
  await box.root.getByRole('button', { name: 'Log in' }).click();
  await box.signIn({ email });
  await expect(box.heading('You are logged in')).toBeVisible();
  expect(await stored(page)).toMatchObject({ email, company: awkward });
});

test('values arrive byte for byte in the user_metadata that the API gives back', async ({ page, latchlet }) => {
  const box = new Box(page);
  const profile = page.waitForResponse((response) => response.url().includes('/api/v2/users/'));
  await page.goto(latchlet.demo);
  await box.fill({ email: newEmail(), name: ` ${awkward}`, company: awkward });
  await box.submit.click();
  const { name, user_metadata: metadata } = await (await profile).json();
  expect(name).toBe(` ${awkward}`);
  expect(metadata).toEqual({ company: awkward, team_size: '1', newsletter: 'false', source: 'demo' });
});

for (const signal of ['SIGTERM', 'SIGKILL']) {
  test(`an account outlives the server's ${signal}`, async ({ page, latchlet }) => {
    const box = new Box(page);
    const email = newEmail();
    await page.goto(latchlet.demo);
    await box.fill({ email, company: awkward });
    await box.submit.click();
    await expect(box.heading('You are logged in')).toBeVisible();

    await latchlet.server.restart(signal);

    await page.goto(latchlet.demo);
    await box.root.getByRole('button', { name: 'Log in' }).click();
    await box.signIn({ email });
    await expect(box.heading('You are logged in')).toBeVisible();
    expect(await stored(page)).toMatchObject({ email, company: awkward });
  });
}

test('the keyboard alone is enough', async ({ page, latchlet }) => {
  const box = new Box(page);
  const email = newEmail();
  await page.goto(latchlet.demo);
  await box.email.focus();
  const type = (text) => page.keyboard.type(text);
  const tab = () => page.keyboard.press('Tab');
  await type(email);
  await tab();
  await type(passwords.good);
  await tab();
  await expect(box.root.getByRole('button', { name: 'Show password' })).toBeFocused();
  await tab();
  await type('Ada Lovelace');
  await tab();
  await tab();
  await expect(box.teamSize).toBeFocused();
  await type('2 to');
  await tab();
  await page.keyboard.press('Space');
  await expect(box.newsletter).toBeChecked();
  await tab();
  await expect(box.submit).toBeFocused();
  await tab();
  await expect(box.root.getByRole('button', { name: 'Log in' })).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(box.heading('You are logged in')).toBeVisible();
  expect(await stored(page)).toMatchObject({ email, team_size: '2-10', newsletter: 'true' });
});

test('a long password of any characters is taken as it is', async ({ page, latchlet }) => {
  const box = new Box(page);
  const email = newEmail();
  const password = ` ${'🔑日é '.repeat(50)}`;
  await page.goto(latchlet.demo);
  await box.fill({ email, password });
  await box.submit.click();
  await expect(box.heading('You are logged in')).toBeVisible();
  await page.goto(latchlet.demo);
  await box.root.getByRole('button', { name: 'Log in' }).click();
  await box.signIn({ email, password });
  await expect(box.heading('You are logged in')).toBeVisible();
});

test('on a website of another origin the box signs up and tells the page', async ({ page, latchlet, host }) => {
  const box = new Box(page);
  const email = newEmail();
  await page.goto(host.origin);
  await box.fill({ email });
  await box.submit.click();
  await expect(box.heading('You are logged in')).toBeVisible();
  expect(page.url()).toBe(`${host.origin}/`);
  const [event] = await page.evaluate(() => globalThis.latchletTest.events);
  expect(event.name).toBe('authenticated');
  expect(event.detail.idTokenPayload).toMatchObject({ email, iss: `${latchlet.origin}/` });
});

test('nothing of a password stays: not in storage, not in an address, not in an event', async ({ page, latchlet, host }) => {
  const box = new Box(page);
  const addresses = [];
  page.on('request', (request) => addresses.push(request.url()));
  await page.goto(host.origin);
  await box.fill({ email: newEmail() });
  await box.submit.click();
  await expect(box.heading('You are logged in')).toBeVisible();
  const kept = await page.evaluate(() => JSON.stringify([
    { ...localStorage }, { ...sessionStorage }, document.cookie, history.state,
    globalThis.latchletTest.events, document.documentElement.outerHTML,
  ]));
  for (const place of [kept, ...addresses, latchlet.server.log]) {
    expect(place).not.toContain('battery staple');
    expect(place).not.toContain(encodeURIComponent('battery staple'));
  }
});

test.describe('where accounts have user names', () => {
  const rules = { requires_username: true, validation: { username: { min: 3, max: 20 } } };
  test.use({ serverConfig: { box: rules } });

  test('one signs up with a user name, and in by it; a taken one is told', async ({ page, latchlet, host }) => {
    Object.assign(host.options.connections[0], rules);
    const box = new Box(page);
    const username = `ada${Date.now().toString(36)}`;
    const email = newEmail();
    const userName = box.root.getByLabel('Username', { exact: true });
    await page.goto(host.origin);
    await userName.fill('a@');
    await userName.press('Tab');
    await expect(box.errorOf(userName)).not.toBeEmpty();
    await userName.fill(username.toUpperCase());
    await box.fill({ email });
    await box.submit.click();
    await expect(box.heading('You are logged in')).toBeVisible();

    await page.goto(host.origin);
    await userName.fill(username);
    await box.fill({ email: newEmail() });
    await box.submit.click();
    await expect(box.errorOf(userName)).toContainText('taken');

    await box.root.getByRole('button', { name: 'Log in' }).click();
    await box.root.getByLabel('Email address or username', { exact: true }).fill(username);
    await box.password.fill(passwords.good);
    await box.submit.click();
    await expect(box.heading('You are logged in')).toBeVisible();
    const [event] = await page.evaluate(() => globalThis.latchletTest.events);
    expect(event.detail.idTokenPayload.email).toBe(email);
  });
});
