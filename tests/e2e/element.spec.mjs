// `<latchlet-box>`: one tag on any page, by attributes, properties and methods.

import { passwords } from './harness/box.mjs';
import { ElementPage, html, inline, optionsFor } from './harness/element.mjs';
import { expectAccessible } from './harness/axe.mjs';
import { expect, newEmail, picture, test } from './harness/test.mjs';

/** @type {ElementPage} */
let tag;

test.beforeEach(({ page, host }) => {
  tag = new ElementPage(page, host);
});

const shown = () => expect(tag.box.email).toBeVisible();

test('a sign-up by one tag, told at the element itself', async ({ page, latchlet }) => {
  await tag.openBox();
  await tag.ready();
  await expect(page.getByRole('link', { name: 'Log in here' })).toBeHidden();
  await picture(page, 'element');
  await expectAccessible(page);
  expect(latchlet.origin).toBe(tag.host.connectTo);
  await tag.box.fill({ email: newEmail() });
  await tag.box.submit.click();
  await expect(tag.box.heading('You are logged in')).toBeVisible();
  const event = await tag.hears('authenticated');
  expect(event).toMatchObject({ target: 'latchlet-box', composed: true, detail: { accessToken: expect.any(String) } });
});

test('attributes say what the options would', async ({ page, host }) => {
  const { clientId, domain, initialScreen, ...rest } = await optionsFor(host, { language: undefined });
  await tag.open(`<latchlet-box client-id="${clientId}" domain="${domain}" initial-screen="${initialScreen}" locale="pt-BR" theme="dark">
    ${inline(rest)}</latchlet-box>`);
  await shown();
  await expect(tag.box.root).toHaveAttribute('lang', 'pt-BR');
  expect(await tag.box.root.evaluate((box) => getComputedStyle(box).colorScheme)).toBe('dark');
  await page.evaluate(() => document.querySelector('latchlet-box').setAttribute('initial-screen', 'login'));
  await expect(tag.box.heading('Welcome back')).toBeVisible();
  const said = await tag.element.evaluate((box) => [box.clientId, box.domain, box.initialScreen, box.locale, box.mode, box.theme, box.options.language]);
  expect(said).toEqual([clientId, domain, 'login', 'pt-BR', null, 'dark', 'pt-BR']);
});

test('a config comes from an address; attributes outdo it', async ({ page, host }) => {
  host.pages['/login.json'] = { type: 'application/json', body: JSON.stringify(await optionsFor(host)) };
  await tag.open('<latchlet-box config="/login.json" initial-screen="login"></latchlet-box>');
  await expect(tag.box.heading('Welcome back')).toBeVisible();
  await page.evaluate(() => document.querySelector('latchlet-box').removeAttribute('initial-screen'));
  await expect(tag.box.heading('Create your account')).toBeVisible();
});

test('properties that were set before the element was defined hold, functions too', async ({ page, host }) => {
  const options = await optionsFor(host);
  await tag.open('<latchlet-box></latchlet-box>', { script: '' });
  await page.evaluate(async (given) => {
    const box = document.querySelector('latchlet-box');
    box.options = given;
    box.prefill = { email: 'early@example.com' };
    box.hooks = { signingUp: (values, done) => { globalThis.hooked = Object.keys(values); done(new Error('not today')); } };
    await import('/latchlet/box.js');
    await box.ready;
    return undefined;
  }, options);
  await expect(tag.box.email).toHaveValue('early@example.com');
  await tag.box.fill({ email: newEmail() });
  await tag.box.submit.click();
  await expect.poll(() => page.evaluate(() => globalThis.hooked)).toContain('email');
});

test('the same options again change nothing; others keep all but secrets', async ({ host }) => {
  const options = await optionsFor(host);
  await tag.open('<latchlet-box></latchlet-box>');
  const say = (given) => tag.element.evaluate((box, all) => { box.options = all; }, given);
  await say(options);
  await tag.box.fill({ email: 'ada@example.com', company: 'kept' });
  await say(options);
  await tag.element.evaluate(() => new Promise((resolve) => { setTimeout(resolve, 50); }));
  await expect(tag.box.password).toHaveValue(passwords.good);
  await say({ ...options, language: 'de' });
  await expect(tag.box.root).toHaveAttribute('lang', 'de');
  await expect(tag.box.company).toHaveValue('kept');
  await expect(tag.box.password).toHaveValue('');
});

test('the script twice, and another copy of it, do no harm', async ({ page, host, watched }) => {
  const asked = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  const options = await optionsFor(host);
  const script = '<script type="module" src="/latchlet/box.js"></script>'.repeat(2)
    + '<script type="module" src="/latchlet/box.js?copy"></script>';
  await tag.open(`<latchlet-box>${inline(options)}</latchlet-box>`.repeat(3), { script });
  await expect(tag.box.root).toHaveCount(3);
  // One glue, one module, for all three.
  expect(asked.filter((file) => file.endsWith('.wasm'))).toHaveLength(1);
  expect(asked.filter((file) => file.endsWith('latchlet.js'))).toHaveLength(1);
  const ids = await page.locator('[id]').evaluateAll((nodes) => nodes.map(({ id }) => id));
  expect(new Set(ids).size).toBe(ids.length);
  await tag.box.email.first().fill('one@example.com');
  await expect(tag.box.email.nth(1)).toHaveValue('');
  expect(watched.troubles).toEqual([]);
});

test('the class and the element share one module', async ({ page }) => {
  await page.addInitScript(() => {
    const { instantiate } = WebAssembly;
    globalThis.instances = 0;
    WebAssembly.instantiate = (...given) => { globalThis.instances += 1; return instantiate(...given); };
  });
  const { clientId, domain, ...options } = await tag.openBox();
  await page.evaluate(async ([id, at, more]) => {
    const { default: Latchlet } = await import('/latchlet/lock.js');
    await Latchlet.preload();
    new Latchlet(id, at, { ...more, container: document.querySelector('main') }).show();
  }, [clientId, domain, options]);
  await expect(tag.box.root).toHaveCount(2);
  expect(await page.evaluate(() => globalThis.instances)).toBe(1);
});

test('whoever moves it keeps its state, also into a shadow root', async ({ page }) => {
  await tag.openBox();
  await tag.box.fill({ email: 'ada@example.com', company: 'kept' });
  const move = (how) => page.evaluate(how);
  await move(() => document.body.prepend(document.querySelector('latchlet-box')));
  await move(async () => {
    const box = document.querySelector('latchlet-box');
    box.remove();
    await Promise.resolve();
    document.querySelector('main').append(box);
  });
  await move(() => {
    const other = document.createElement('section');
    other.id = 'other';
    document.body.append(other);
    other.attachShadow({ mode: 'open' }).append(document.querySelector('latchlet-box'));
  });
  await tag.element.evaluate(() => new Promise((resolve) => { setTimeout(resolve, 50); }));
  await expect(tag.box.password).toHaveValue(passwords.good);
  await expect(tag.box.company).toHaveValue('kept');
  const border = () => tag.box.root.evaluate((box) => getComputedStyle(box).borderTopStyle);
  expect(await border(), 'the sheet came along').toBe('solid');
  await tag.box.email.fill('');
  await tag.box.submit.click();
  await expect(tag.box.summary).toBeFocused();
});

test('who takes it out for good frees it, and may put it back', async ({ page }) => {
  await tag.openBox();
  await tag.box.email.fill('ada@example.com');
  await page.evaluate(async () => {
    globalThis.kept = document.querySelector('latchlet-box');
    globalThis.kept.remove();
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  });
  expect(await page.evaluate(() => globalThis.kept.querySelectorAll('[part]').length)).toBe(0);
  await page.evaluate(() => document.querySelector('main').append(globalThis.kept));
  await tag.ready();
  await shown();
});

test('methods answer, and reject with a code', async ({ page, latchlet }) => {
  expect(latchlet.origin).toBe(tag.host.connectTo);
  await tag.openBox();
  const code = (method, ...given) => tag.element.evaluate(
    (box, [name, args]) => box[name](...args).then(() => 'kept', (error) => error.code), [method, given]);
  expect(await code('checkSession', {})).toBe('login_required');
  expect(await code('getUserInfo', 'no token')).not.toBe('kept');
  expect(await code('explain')).not.toBe('internal_error');
  await tag.element.evaluate((box) => box.show({ initialScreen: 'forgotPassword' }));
  await expect(tag.box.heading('Create your account')).toHaveCount(0);
  await tag.element.evaluate((box) => box.hide());
  await expect(tag.box.root).toBeHidden();
  await tag.element.evaluate((box) => box.show());
  await expect(tag.box.heading('Create your account')).toBeVisible();
  await tag.element.evaluate((box) => box.focus());
  await expect(tag.box.email.or(tag.box.name).first()).toBeFocused();
});

test('who stops a submit is obeyed', async ({ page, latchlet }) => {
  await tag.openBox();
  await tag.element.evaluate((box) => box.addEventListener('latchlet:beforesubmit', (event) => event.preventDefault()));
  await tag.box.fill({ email: newEmail() });
  await tag.box.submit.click();
  await tag.hears('beforesubmit');
  await page.waitForTimeout(200);
  expect(latchlet.proxy.count('POST /dbconnections/signup')).toBe(0);
});

test('mistakes in the options are told at the element', async ({ watched }) => {
  watched.allow(/Latchlet config/);
  await tag.openBox({ additionalSignupFields: [] });
  expect(await tag.hears('config-error')).toMatchObject({ target: 'latchlet-box' });
  await expect(tag.box.root.getByRole('alert')).toContainText('additionalSignUpFields');
});

for (const [what, setUp, body] of [
  ['is not there', () => {}, '<latchlet-box config="/none.json"><a href="/hosted">Log in here</a></latchlet-box>'],
  ['is no JSON', () => {}, '<latchlet-box><script type="application/json">{"clientId": </script><a href="/hosted">Log in here</a></latchlet-box>'],
]) {
  test(`a config that ${what}: a message, a code, and what the page says`, async ({ page, watched }) => {
    watched.allow(/Latchlet: /);
    setUp();
    await tag.open(body);
    await expect(tag.element.getByRole('alert')).toContainText('could not be loaded');
    await expect(page.getByRole('link', { name: 'Log in here' })).toBeVisible();
    expect((await tag.hears('fatal')).detail.code).toMatch(/load_failed|invalid_config/);
  });
}

test('what is parsed slowly is read whole', async ({ page, host }) => {
  host.pages['/box-first.html'] = html(`<latchlet-box>${inline(await optionsFor(host))}</latchlet-box>`, {
    script: '<script type="module" async src="/latchlet/box.js"></script>',
  });
  await page.goto(`${host.origin}/box-first.html`);
  await shown();
});
