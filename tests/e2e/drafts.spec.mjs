// Drafts: what was typed survives a reload of the page, if the page asks for
// that, and nothing is stored if it does not.

import { passwords } from './harness/box.mjs';
import { empty, fields, Form, storage, stored, typed } from './harness/kinds.mjs';
import { storedProfile } from './harness/profile.mjs';
import { boxOptions, expect, newEmail, test } from './harness/test.mjs';

/** Nothing else that is typed here looks like it. */
const secret = 'S3CRET marker of a passphrase';

test.describe('a draft', () => {
  test.use({ boxConfig: { draft: true, additionalSignUpFields: fields } });

  test('has every kind of field, is sent as if nothing had happened, and ends with the sign-up', async ({ page, latchlet, host }) => {
    const box = new Form(page);
    const email = newEmail();
    await page.goto(host.origin);
    await box.email.fill(email);
    await box.fillKinds();
    await page.reload();
    await expect(box.email).toHaveValue(email);
    await box.expectKinds();
    await expect(box.password).toHaveValue('');
    await box.password.fill(passwords.good);
    await box.submit.click();
    const profile = await storedProfile(page, latchlet);
    expect(profile).toMatchObject({ email, user_metadata: stored });
    expect(await storage(page)).toBe(empty);
  });

  test('is written while one types, not only when the page goes', async ({ page, latchlet, host }) => {
    expect(host.options.domain).toBe(latchlet.origin);
    const box = new Form(page);
    await page.goto(host.origin);
    await box.at('motto').fill('half a word');
    await expect.poll(() => storage(page)).toContain('half a word');
    await box.at('motto').fill('');
    await page.reload();
    await expect(box.at('motto')).toBeVisible();
    await box.expectNothing();
  });

  test('never has a secret', async ({ page, latchlet, host }) => {
    const box = new Form(page);
    await page.goto(host.origin);
    await box.email.fill(newEmail());
    await box.fillKinds();
    for (const name of ['password', 'pet']) await box.at(name).fill(secret);
    await box.root.getByRole('button', { name: 'Show password' }).first().click();
    await expect.poll(() => storage(page)).toContain(typed.second);
    expect(await storage(page)).not.toContain(secret);
    latchlet.proxy.spoil('/dbconnections/signup', { answer: { status: 500 } });
    await box.submit.click();
    await expect(box.alert).not.toBeEmpty();
    await box.root.getByRole('button', { name: 'Log in', exact: true }).click();
    await box.password.fill(secret);
    await page.reload();
    await box.expectKinds();
    await expect(box.password).toHaveValue('');
    await expect(box.at('pet')).toHaveValue('');
    const kept = await storage(page);
    expect(kept).toContain(typed.second);
    expect(kept).not.toContain(secret);
  });

  test('ends after half an hour', async ({ page, latchlet, host }) => {
    expect(host.options.domain).toBe(latchlet.origin);
    const box = new Form(page);
    await page.clock.install();
    await page.goto(host.origin);
    await box.at('motto').fill('kept');
    await page.reload();
    await expect(box.at('motto')).toHaveValue('kept');
    await page.clock.fastForward('28:00');
    await page.reload();
    await expect(box.at('motto')).toHaveValue('kept');
    await page.clock.fastForward('03:00');
    await page.reload();
    await expect(box.at('motto')).toBeVisible();
    await box.expectNothing();
    expect(await storage(page)).toBe(empty);
  });

  test('ends when somebody logs out', async ({ page, latchlet, host }) => {
    expect(host.options.domain).toBe(latchlet.origin);
    const box = new Form(page);
    await page.goto(host.origin);
    await box.at('motto').fill('kept');
    await page.reload();
    await expect(box.at('motto')).toHaveValue('kept');
    await page.evaluate(() => globalThis.latchletTest.handle.logoutUrl({}));
    await page.reload();
    await expect(box.at('motto')).toBeVisible();
    await box.expectNothing();
    expect(await storage(page)).toBe(empty);
  });

  test('is of one application and one version of its config', async ({ page, latchlet, host }) => {
    expect(host.options.domain).toBe(latchlet.origin);
    const box = new Form(page);
    await page.goto(host.origin);
    await box.at('motto').fill('kept');
    const { clientId } = host.options;
    host.options.clientId = 'another';
    await page.reload();
    await expect(box.at('motto')).toBeVisible();
    await box.expectNothing();
    host.options.clientId = clientId;
    await page.reload();
    await expect(box.at('motto')).toHaveValue('kept');
    host.options.version = '2';
    await page.reload();
    await expect(box.at('motto')).toBeVisible();
    await box.expectNothing();
    expect(await storage(page)).toBe(empty);
  });

  test('is not written again by who signs in after a sign-up without a login', async ({ page, latchlet, host }) => {
    host.options.loginAfterSignUp = false;
    expect(host.options.domain).toBe(latchlet.origin);
    const box = new Form(page);
    const email = newEmail();
    await page.goto(host.origin);
    await box.email.fill(email);
    await box.fillKinds();
    await box.password.fill(passwords.good);
    await box.submit.click();
    await expect(box.heading('Your account is ready')).toBeVisible();
    // What did not fit the sign-up waits for the login; the rest is gone.
    expect(await storage(page)).not.toContain(typed.second);
    await box.root.getByRole('button', { name: 'Log in' }).click();
    await box.password.fill('not the one');
    await page.reload();
    await expect(box.at('motto')).toBeVisible();
    await box.expectNothing();
    expect(await storage(page)).not.toContain(typed.second);
  });

  test('that somebody has tampered with harms nothing', async ({ page, latchlet, host }) => {
    expect(host.options.domain).toBe(latchlet.origin);
    const box = new Form(page);
    await page.goto(host.origin);
    await box.at('motto').fill('kept');
    await page.reload();
    const [key, text] = await page.evaluate(() => Object.entries(sessionStorage)[0]);
    const draft = JSON.parse(text);
    const wrong = { motto: true, about: ['x'], seats: 1, news: 'yes', parts: 'r', colour: ['r'], birthday: 'soon', shade: 'z', engine: {} };
    const texts = ['', '{', 'null', '[]', '{}', '"x"', JSON.stringify({ ...draft, time: 'x' }), JSON.stringify({ ...draft, fields: [1] }),
      JSON.stringify({ ...draft, time: draft.time + 1e12 }), JSON.stringify({ ...draft, format: 2 }), JSON.stringify({ ...draft, fields: wrong })];
    for (const tampered of texts) {
      await page.evaluate(([name, value]) => sessionStorage.setItem(name, value), [key, tampered]);
      await page.reload();
      await expect(box.email).toHaveValue('');
      await expect(box.at('motto')).not.toHaveValue('kept');
      await box.submit.click();
      await expect(box.summary).toBeFocused();
    }
  });
});

test.describe('a draft in steps', () => {
  const names = fields.map(({ name }) => name);
  const layout = [
    { step: 'Account', fields: ['email', 'password'] },
    { step: 'Texts', fields: names.slice(0, 7) },
    { step: 'Choices', fields: names.slice(7) },
  ];
  test.use({ boxConfig: { draft: true, additionalSignUpFields: fields, layout } });

  test('has all of them, and starts with the first one', async ({ page, latchlet, host }) => {
    const box = new Form(page);
    const email = newEmail();
    await page.goto(host.origin);
    await box.email.fill(email);
    await box.password.fill(passwords.good);
    await box.goOn(/Texts$/);
    for (const [name, text] of Object.entries(typed)) await box.at(name).fill(text);
    await box.goOn(/Choices$/);
    await box.at('shade', 'b').check();
    await page.reload();
    await expect(box.email).toHaveValue(email);
    await box.password.fill(passwords.good);
    await box.goOn(/Texts$/);
    for (const [name, text] of Object.entries(typed)) await expect(box.at(name)).toHaveValue(text);
    await box.goOn(/Choices$/);
    await expect(box.at('shade', 'b')).toBeChecked();
    await box.at('colour').selectOption('r');
    await box.at('engine').fill('Red');
    await box.at('engine').press('ArrowDown');
    await box.at('engine').press('Enter');
    await box.at('where').selectOption('DE');
    await box.submit.click();
    expect((await storedProfile(page, latchlet)).user_metadata).toMatchObject({ motto: stored.motto, shade: 'b', colour: 'r' });
    expect(await storage(page)).toBe(empty);
  });
});

test.describe('a draft and a code that was sent', () => {
  const connections = [{ name: 'Username-Password-Authentication' }, { name: 'email', strategy: 'email' }];
  test.use({ serverConfig: { tenant: { connections }, connection: { box: undefined } } });

  test('the address is kept, and the code is not', async ({ page, latchlet, host }) => {
    Object.assign(host.options, { draft: true, connections, initialScreen: 'passwordless' });
    expect(host.options.domain).toBe(latchlet.origin);
    const box = new Form(page);
    const email = newEmail();
    await page.goto(host.origin);
    await box.email.fill(email);
    await box.root.locator('form').getByRole('button').click();
    await box.at('code').fill('314159');
    await page.reload();
    await expect(box.email).toHaveValue(email);
    const kept = await storage(page);
    expect(kept).toContain(email);
    expect(kept).not.toContain('314159');
  });
});

test('a draft has a choice whose options have not come yet', async ({ page, host }) => {
  host.options = { ...await boxOptions(), domain: host.origin, draft: true };
  host.options.additionalSignUpFields = ['select', 'radio', 'checkboxes', 'combobox'].map((type) => ({ name: type, type, label: type, options: [] }));
  host.options.additionalSignUpFields.push({ name: 'motto', label: 'Motto' });
  host.change = (given) => {
    const come = new Promise((resolve) => { globalThis.come = () => resolve([{ value: 'r', label: 'Red' }, { value: 'g', label: 'Green' }]); });
    for (const field of given.additionalSignUpFields.slice(0, 4)) field.options = () => come;
  };
  const box = new Form(page);
  await page.goto(host.origin);
  await expect(box.at('motto')).toBeVisible();
  await page.evaluate(() => globalThis.come());
  await box.at('select').selectOption('g');
  await box.at('radio', 'g').check();
  await box.at('checkboxes', 'g').check();
  await box.at('combobox').fill('gre');
  await box.at('combobox').press('ArrowDown');
  await box.at('combobox').press('Enter');
  // The second reload has a draft of a form whose options never came.
  for (const text of ['one', 'two']) {
    await page.reload();
    await box.at('motto').fill(text);
  }
  await page.reload();
  await expect(box.at('motto')).toHaveValue('two');
  await page.evaluate(() => globalThis.come());
  await expect(box.at('select')).toHaveValue('g');
  await expect(box.at('radio', 'g')).toBeChecked();
  await expect(box.at('checkboxes', 'g')).toBeChecked();
  await expect(box.at('combobox')).toHaveValue('Green');
});
