// Lock's defects, by the letters of docs/LOCK-PARITY.md, and our behaviour.

import { passwords } from './harness/box.mjs';
import { LockPage } from './harness/lock.mjs';
import { expect, newEmail, test } from './harness/test.mjs';

/** @type {LockPage} */
let lock;

// A server that takes any metadata, as Auth0 does: no form is held against it.
const anyForm = { box: undefined };
test.use({ serverConfig: { connection: anyForm } });

test.beforeEach(async ({ page, host, latchlet }) => {
  expect(latchlet.origin).toBe(host.connectTo);
  // Each defect has fields of its own.
  host.options.additionalSignUpFields = [];
  lock = new LockPage(page, host);
  await lock.open();
});

/** Shows a box with these fields, in the place of the last one. */
async function show(page, fields) {
  await page.evaluate((additionalSignUpFields) => {
    globalThis.lockTest.lock = globalThis.lockTest.make({ additionalSignUpFields });
    globalThis.lockTest.lock.show();
  }, fields);
  await lock.begin();
}

/** Fills in what every sign-up asks and sends it. What the server is sent. */
async function send(page, email = newEmail()) {
  const request = page.waitForRequest((it) => it.url().endsWith('/dbconnections/signup') && it.method() === 'POST');
  await lock.box.email.fill(email);
  await lock.box.password.fill(passwords.good);
  await lock.box.submit.click();
  return (await request).postDataJSON();
}

const field = (label) => lock.box.root.getByLabel(label, { exact: true });

test('a: ariaLabel names the control, beside its visible label', async ({ page }) => {
  await show(page, [{ name: 'company', placeholder: 'Company', ariaLabel: 'Company you work for' }]);
  await expect(field('Company you work for')).toHaveAttribute('name', 'latchlet-company');
  await expect(lock.box.root.locator('label', { hasText: /^Company$/ })).toBeVisible();
});

test('b: every character arrives as it was typed', async ({ page }) => {
  const texts = ['I <3 cats', 'x<y', '12 <Main> St & Co', 'Tom & "Jerry" <tj@x.com>', '日本 <語>', 'AT&T', '  two  spaces '];
  await show(page, texts.map((_, index) => ({ name: `f${index}`, placeholder: `Field ${index}` })));
  for (const [index, text] of texts.entries()) await field(`Field ${index}`).fill(text);
  const sent = await send(page);
  expect(Object.values(sent.user_metadata)).toEqual(texts);
  const [{ accessToken }] = await lock.hears('authenticated');
  expect(accessToken).not.toBe('');
});

test('c: closed and opened again, loaded options and prefill are there', async ({ page, watched }) => {
  await page.evaluate(() => {
    globalThis.lockTest.lock = globalThis.lockTest.make({
      additionalSignUpFields: [
        { name: 'nick', placeholder: 'Nick', prefill: (done) => { setTimeout(() => done(null, 'loaded'), 50); } },
        { type: 'select', name: 'city', placeholder: 'City',
          options: async () => [{ value: 'b', label: 'Berlin' }, { value: 'p', label: 'Paris' }] },
      ],
    });
    globalThis.lockTest.lock.show();
  });
  await lock.begin();
  await expect(field('Nick')).toHaveValue('loaded');
  await field('City').selectOption('p');
  for (const changed of ['changed', 'changed again']) {
    await field('Nick').fill(changed);
    await page.keyboard.press('Escape');
    await expect(lock.dialog).toBeHidden();
    await lock.opener.click();
    await lock.begin();
    await expect(field('City')).toHaveValue('p');
    await expect(field('Nick')).toHaveValue(changed);
  }
  await field('City').selectOption({ label: 'Berlin' });
  expect((await send(page)).user_metadata).toEqual({ nick: 'changed again', city: 'b' });
  expect(watched.troubles).toEqual([]);
});

test('d: a checkbox takes prefill true', async ({ page }) => {
  await show(page, [{ type: 'checkbox', name: 'news', placeholder: 'News', prefill: true }]);
  await expect(lock.box.root.getByRole('checkbox', { name: /^News/ })).toBeChecked();
  expect((await send(page)).user_metadata).toEqual({ news: 'true' });
});

test('e: hidden fields take numbers; an empty text is accepted, and like any empty answer not sent', async ({ page }) => {
  await show(page, [{ type: 'hidden', name: 'seven', value: 7 }, { type: 'hidden', name: 'empty', value: '' }]);
  expect((await send(page)).user_metadata).toEqual({ seven: '7' });
  expect(await lock.told('unrecoverable_error')).toEqual([]);
});

test('f: an option with an empty value is an option', async ({ page }) => {
  await show(page, [{ type: 'select', name: 'size', placeholder: 'Size', required: false,
    options: [{ value: '', label: 'Rather not say' }, { value: 's', label: 'Small' }] }]);
  await field('Size (optional)').selectOption({ label: 'Small' });
  await field('Size (optional)').selectOption({ label: 'Rather not say' });
  expect((await send(page)).email).toContain('@');
});

test('g: a validator may answer by a promise', async ({ page }) => {
  await page.evaluate(() => {
    globalThis.lockTest.lock = globalThis.lockTest.make({
      additionalSignUpFields: [{ name: 'invite', placeholder: 'Invitation', validator: async (value) => {
        await new Promise((resolve) => { setTimeout(resolve, 100); });
        return { valid: value === 'good', hint: 'There is no such invitation' };
      } }],
    });
    globalThis.lockTest.lock.show();
  });
  await lock.begin();
  const invitation = field('Invitation (optional)');
  await invitation.fill('bad');
  await lock.box.email.fill(newEmail());
  await lock.box.password.fill(passwords.good);
  await lock.box.submit.click();
  await expect(lock.box.errorOf(invitation)).toHaveText('There is no such invitation');
  await invitation.fill('good');
  expect((await send(page)).user_metadata).toEqual({ invite: 'good' });
});

test('h: a validator that throws is reported, and blocks nothing', async ({ page, watched }) => {
  watched.allow(/out of order/);
  const reports = [];
  page.on('console', (message) => reports.push(message.text()));
  await page.evaluate(() => {
    globalThis.lockTest.lock = globalThis.lockTest.make({
      additionalSignUpFields: [{ name: 'code', placeholder: 'Word', validator: () => { throw new Error('out of order'); } }],
    });
    globalThis.lockTest.lock.show();
  });
  await lock.begin();
  await field('Word (optional)').fill('anything');
  expect((await send(page)).user_metadata).toEqual({ code: 'anything' });
  expect(reports.join('\n')).toContain('out of order');
});

test('i: duplicate names and dangerous names at the root are config errors', async ({ page, watched }) => {
  watched.allow(/Latchlet/);
  const text = (name, storage) => ({ name, placeholder: name, ...storage && { storage } });
  const fields = [
    text('twice'), text('twice'), text('connection', 'root'), text('user_metadata', 'root'), text('__proto__', 'root'),
  ];
  await page.evaluate((additionalSignUpFields) => globalThis.lockTest.lock.show({ additionalSignUpFields }), fields);
  const [error] = await lock.hears('unrecoverable_error');
  const found = error.problems.map(({ path, code }) => `${path} ${code}`);
  expect(found).toContain('additionalSignUpFields[1].name duplicate_name');
  for (const index of [2, 3, 4]) {
    expect(found.some((it) => it.startsWith(`additionalSignUpFields[${index}].name `)), found.join()).toBe(true);
  }
});

test('j: an eleventh field waits for the login, and what is too long is told at its field', async ({ page, latchlet }) => {
  await page.evaluate((audience) => {
    globalThis.lockTest.lock = globalThis.lockTest.make({
      auth: { audience, params: { scope: 'openid profile email update:current_user_metadata' } },
      additionalSignUpFields: Array.from({ length: 11 }, (_, index) => ({ name: `f${index}`, placeholder: `Field ${index}` })),
    });
    globalThis.lockTest.lock.show();
  }, `${latchlet.origin}/api/v2/`);
  await lock.begin();
  for (let index = 0; index < 11; index += 1) await field(`Field ${index}`).fill(`answer ${index}`);
  await field('Field 3').fill('x'.repeat(501));
  await lock.box.email.fill(newEmail());
  await lock.box.password.fill(passwords.good);
  await lock.box.submit.click();
  await expect(lock.box.errorOf(field('Field 3'))).toContainText('500');
  expect(latchlet.proxy.count('POST /dbconnections/signup')).toBe(0);
  await field('Field 3').fill('answer 3');
  const sent = await send(page);
  expect(Object.keys(sent.user_metadata)).toHaveLength(10);
  expect(sent.user_metadata).not.toHaveProperty('f10');
});

test('k: the policy of one connection leaves others alone', async ({ page }) => {
  await page.evaluate(() => {
    const database = (name, min_length) => [{ name, passwordPolicy: 'low', password_complexity_options: { min_length } }];
    const { make } = globalThis.lockTest;
    make({ container: 'place', connections: database('strict', 20) }).show();
    globalThis.lockTest.lock = make({ connections: database('lax', 7) });
    globalThis.lockTest.lock.show();
  });
  await expect(lock.dialog.locator('[part~="policy"]')).toContainText('at least 7 characters');
  await expect(page.locator('#place [part~="policy"]')).toContainText('at least 20 characters');
});

test('l: `signup success` has the server\'s own names', async ({ page }) => {
  await page.route('**/authorize?*', (route) => route.fulfill({ status: 204 }));
  await show(page, [{ name: 'company', placeholder: 'Company' }]);
  await field('Company').fill('Analytical Engines');
  await send(page);
  const [account] = await lock.hears('signup success');
  expect(Object.keys(account)).toEqual(expect.arrayContaining(['_id', 'email', 'email_verified', 'user_metadata']));
  expect(account).not.toHaveProperty('Id');
});

test.describe('where accounts have user names', () => {
  const rules = { requires_username: true, validation: { username: { min: 3, max: 40 } } };
  test.use({ serverConfig: { connection: { ...anyForm, ...rules } } });

  test('m: a sign-up logs in by the user name, where people log in with that', async ({ page, host }) => {
    Object.assign(host.options.connections[0], rules);
    host.options.usernameStyle = 'username';
    await lock.open();
    await lock.opener.click();
    await lock.begin();
    const username = `ada${Date.now().toString(36)}`;
    await field('Username').fill(username);
    const login = page.waitForRequest((it) => it.url().endsWith('/co/authenticate') && it.method() === 'POST');
    await send(page);
    expect((await login).postDataJSON().username).toBe(username);
    await lock.hears('authenticated');
  });

  test('n: a hidden user name comes from the system\'s randomness', async ({ page, host }) => {
    Object.assign(host.options.connections[0], rules);
    host.options.signUpHideUsernameField = true;
    await page.addInitScript(() => {
      Math.random = () => { throw new Error('Math.random was asked'); };
    });
    const names = [];
    for (let round = 0; round < 2; round += 1) {
      await lock.open();
      await lock.opener.click();
      await lock.begin();
      await expect(field('Username')).toHaveCount(0);
      names.push((await send(page)).username);
      await lock.hears('authenticated');
    }
    expect(names[0]).toMatch(/^[a-z0-9]{20}$/);
    expect(names[1]).not.toBe(names[0]);
  });
});
