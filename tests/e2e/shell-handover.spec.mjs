// What somebody does before the Wasm is there: it is not lost, and it counts.

import { expectAccessible } from './harness/axe.mjs';
import { passwords } from './harness/box.mjs';
import { ElementPage } from './harness/element.mjs';
import { hold } from './harness/shell.mjs';
import { expect, newEmail, picture, test } from './harness/test.mjs';

/** @type {ElementPage} */
let tag;
let release;

test.beforeEach(async ({ page, host }) => {
  tag = new ElementPage(page, host);
  release = await hold(page);
});

const painted = (page) => page.locator('[part="box"][data-painted]');
const login = { initialScreen: 'login', additionalSignUpFields: [] };

/** Lets the Wasm come, and waits until it has the form. */
async function takeOver(page) {
  release();
  await tag.ready();
  await expect(painted(page)).toHaveCount(0);
}

test('typing, focus and the selection stay as they are', async ({ page }) => {
  await tag.openBox({ initialScreen: 'signUp' });
  await expect(painted(page)).toBeVisible();
  await expect(page.getByRole('link', { name: 'Log in here' })).toBeHidden();
  await expectAccessible(page);
  await picture(page, 'painted');
  const { name, password } = tag.box;
  await password.fill(passwords.good);
  await name.pressSequentially('ada lovelace');
  await name.evaluate((input) => { globalThis.kept = input; input.setSelectionRange(1, 3, 'backward'); });
  await takeOver(page);
  const [same, start, end, direction] = await name.evaluate((input) => [
    input === globalThis.kept && document.activeElement === input, input.selectionStart, input.selectionEnd, input.selectionDirection,
  ]);
  expect([same, start, end, direction]).toEqual([true, 1, 3, 'backward']);
  await page.keyboard.type('DA');
  await expect(name).toHaveValue('aDA lovelace');
  await expect(password).toHaveValue(passwords.good);
});

for (const isolation of ['light', 'shadow']) {
  test(`keys that fall while the Wasm takes over reach their field, isolation=${isolation}`, async ({ page }) => {
    await tag.openBox(login, { attributes: `isolation="${isolation}"` });
    const { email } = tag.box;
    await email.focus();
    const text = 'ada.lovelace+quickly@example.com';
    const typing = page.keyboard.type(text, { delay: 15 });
    await page.waitForTimeout(60);
    await takeOver(page);
    await typing;
    await expect(email).toHaveValue(text);
    await expect(email).toBeFocused();
  });
}

test('a composition of an input method goes on', async ({ page }) => {
  await tag.openBox({ ...login, initialScreen: 'signUp', additionalSignUpFields: [{ name: 'city', label: 'City' }] });
  const city = tag.box.root.getByLabel('City');
  await city.focus();
  await city.evaluate((input) => {
    globalThis.composed = [];
    for (const name of ['compositionstart', 'compositionend']) input.addEventListener(name, ({ data }) => globalThis.composed.push([name, data]));
  });
  const client = await page.context().newCDPSession(page);
  const compose = (text) => client.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  await compose('とう');
  release();
  // The form is not taken over in the middle of a word.
  await page.waitForResponse(/latchlet_bg\.wasm/);
  await compose('とうきょう');
  await expect(city).toHaveValue('とうきょう');
  await client.send('Input.insertText', { text: '東京' });
  await takeOver(page);
  await expect(city).toHaveValue('東京');
  await expect(city).toBeFocused();
  expect(await page.evaluate(() => globalThis.composed)).toEqual([['compositionstart', ''], ['compositionend', '東京']]);
});

test('what a password manager fills in counts, and so does what decides about other fields', async ({ page }) => {
  await tag.openBox({
    initialScreen: 'signUp',
    additionalSignUpFields: [{ name: 'news', type: 'checkbox', label: 'News' }, { name: 'size', type: 'select', label: 'Size', options: ['S', 'L'] }],
  });
  const { email, password, root } = tag.box;
  // As one does that tells nobody.
  await email.evaluate((input) => { input.value = 'ada@example.com'; });
  await password.evaluate((input, text) => { input.value = text; }, passwords.good);
  await root.getByLabel('News').check();
  await root.getByLabel('Size').selectOption('L');
  await takeOver(page);
  await expect(email).toHaveValue('ada@example.com');
  await expect(password).toHaveValue(passwords.good);
  await expect(root.getByLabel('News')).toBeChecked();
  await expect(root.getByLabel('Size')).toHaveValue('L');
  await expect(root.locator('[part="rule"]')).toHaveAttribute('data-met', '');
});

test('a sign-up that is sent before the Wasm is there is carried out', async ({ page, latchlet }) => {
  expect(latchlet.origin).toBe(tag.host.connectTo);
  const email = newEmail();
  await tag.openBox({ initialScreen: 'signUp' });
  await tag.box.fill({ email });
  await tag.box.newsletter.check();
  await tag.box.submit.click();
  await expect(tag.box.submit).toHaveAttribute('aria-disabled', 'true');
  await expect(page).toHaveURL(`${tag.host.origin}/`);
  release();
  await expect(tag.box.heading('You are logged in')).toBeVisible();
  await expect(tag.box.root).toContainText(email);
});

test('a submit by Enter of what is wrong is judged', async ({ page }) => {
  await tag.openBox(login);
  await tag.box.email.fill('no address');
  await tag.box.email.press('Enter');
  await takeOver(page);
  await expect(tag.box.summary).toBeFocused();
  await expect(tag.box.errorOf(tag.box.email)).not.toBeEmpty();
});

test('another screen that is asked for comes', async ({ page }) => {
  await tag.openBox(login);
  await tag.box.root.getByRole('button', { name: 'Sign up' }).click();
  await takeOver(page);
  await expect(tag.box.heading('Create your account')).toBeFocused();
});

test('a password can be shown', async ({ page }) => {
  await tag.openBox(login);
  await tag.box.password.fill('secret');
  await tag.box.root.getByRole('button', { name: 'Show password' }).click();
  await takeOver(page);
  await expect(tag.box.password).toHaveAttribute('type', 'text');
  await expect(tag.box.password).toHaveValue('secret');
});

test('where the Wasm does not come, what was typed stays, and a second attempt takes it over', async ({ page, watched }) => {
  watched.allow(/Latchlet|Failed to/);
  await page.unroute('**/latchlet_bg.wasm');
  await page.route('**/latchlet_bg.wasm', (route) => route.abort(), { times: 2 });
  const arrival = page.waitForEvent('console', (message) => message.text().includes('could not be loaded'));
  await page.addInitScript(() => {
    addEventListener('latchlet:fatal', () => undefined);
    const { fetch } = globalThis;
    // Somebody types before it is known.
    globalThis.fetch = async (...all) => {
      const input = document.querySelector('[part="input"]');
      if (input && String(all[0]).endsWith('_bg.wasm')) input.value ||= 'ada@example.com';
      return fetch(...all);
    };
  });
  await tag.openBox(login);
  await arrival;
  await expect(tag.element.getByRole('alert').first()).toHaveText(/Check your connection/);
  await expect(tag.box.email).toHaveValue('ada@example.com');
  await page.getByRole('button', { name: 'Try again' }).click();
  await tag.ready();
  await expect(tag.box.email).toHaveValue('ada@example.com');
  await expect(tag.element.getByRole('alert')).toHaveCount(1);
});

test('options that come meanwhile hold, and what was typed stays', async ({ page }) => {
  await tag.openBox(login);
  await tag.box.email.fill('ada@example.com');
  await tag.element.evaluate((box) => { box.languageDictionary = { signInTitle: 'Hello again' }; });
  await takeOver(page);
  await expect(tag.box.heading('Hello again')).toBeVisible();
  await expect(tag.box.email).toHaveValue('ada@example.com');
  await expect(tag.box.email).toBeFocused();
});

test('the end of a login paints no form', async ({ page, host }) => {
  await tag.openBox(login);
  await page.goto(`${host.origin}/?code=x&state=latchlet.x`);
  await expect(tag.element).toBeVisible();
  await expect(painted(page)).toHaveCount(0);
  await takeOver(page);
});

test('an element that goes before the Wasm is there leaves nothing', async ({ page }) => {
  await tag.openBox(login);
  await tag.box.email.fill('ada@example.com');
  await tag.element.evaluate((box) => { globalThis.element = box; box.remove(); });
  release();
  await page.evaluate(() => new Promise((resolve) => { setTimeout(resolve, 100); }));
  await page.evaluate(() => document.querySelector('main').append(globalThis.element));
  await tag.ready();
  await expect(tag.box.email).toHaveValue('');
});
