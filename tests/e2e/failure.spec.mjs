// When a box cannot come, or stops: a message in its place, a code for the page,
// and nothing lost that somebody typed.

import { expectAccessible } from './harness/axe.mjs';
import { ElementPage, html, inline, optionsFor } from './harness/element.mjs';
import { policy } from './harness/host.mjs';
import { built, trap } from './harness/module.mjs';
import { expect, picture, test } from './harness/test.mjs';

/** @type {ElementPage} */
let tag;
let link;
let message;

test.beforeEach(({ page, host, watched }) => {
  tag = new ElementPage(page, host);
  link = page.getByRole('link', { name: 'Log in here' });
  message = tag.element.getByRole('alert').first();
  watched.allow(/Latchlet|latchlet|integrity|WebAssembly|wasm|Failed to fetch|Content Security Policy|policy violated|TypeError|uncaught: unreachable/);
});

const files = ['latchlet.js', 'latchlet_bg.wasm'];

/** A file with one bit that is another. */
async function flipped(file) {
  const bytes = await built(file);
  const at = bytes.length >> 1;
  bytes[at] ^= 1;
  return bytes;
}

/** What goes wrong, the code of it, and what is done to the host of a page. */
const failures = files.flatMap((file) => [
  [`${file} is not there`, 'load_failed', /Check your connection/, (page) => page.route(`**/${file}`, (route) => route.fulfill({ status: 404 }))],
  [`${file} cannot be reached`, 'load_failed', /Check your connection/, (page) => page.route(`**/${file}`, (route) => route.abort())],
  [`${file} is a page that says so`, 'wrong_type', /owner of this site/, (page, host) => { host.pages[`/latchlet/${file}`] = '<!doctype html><title>Not found</title>'; }],
  [`${file} has another bit`, 'integrity_mismatch', /owner of this site/, async (page, host) => {
    host.pages[`/latchlet/${file}`] = { type: file.endsWith('.js') ? 'text/javascript' : 'application/wasm', body: await flipped(file) };
  }],
]);

for (const [what, code, sentence, spoil] of [
  ...failures,
  ['WebAssembly is forbidden', 'blocked_by_policy', /owner of this site/, (page, host) => { host.policy = policy(host.connectTo).replace(" 'wasm-unsafe-eval'", ''); }],
  ['requests are forbidden', 'blocked_by_policy', /owner of this site/, (page, host) => { host.policy = policy(host.connectTo).replace(/connect-src[^;]*/, "connect-src 'none'"); }],
  ['the browser has no WebAssembly', 'unsupported_browser', /too old/, (page) => page.addInitScript(() => { delete globalThis.WebAssembly; })],
  ['the browser has no constructable sheets', 'unsupported_browser', /too old/, (page) => page.addInitScript(() => { delete Document.prototype.adoptedStyleSheets; delete ShadowRoot.prototype.adoptedStyleSheets; })],
  ['the browser cannot run the module', 'unsupported_browser', /too old/, (page) => page.addInitScript(() => {
    // As one does that does not know an instruction.
    WebAssembly.compileStreaming = async () => { throw new WebAssembly.CompileError('invalid opcode'); };
  })],
]) {
  test(`${what}: ${code}`, async ({ page, host }) => {
    await spoil(page, host);
    await tag.openBox();
    await expect(message).toHaveText(sentence);
    await expect(link).toBeVisible();
    expect(await tag.hears('fatal')).toMatchObject({ target: 'latchlet-box', composed: true, detail: { code } });
    expect(await tag.element.evaluate((box) => box.ready.catch((error) => error.code))).toBe(code);
    expect(await tag.element.evaluate((box) => box.explain().catch((error) => error.code))).toBe(code);
    await expectAccessible(page);
    await picture(page, `failure-${what.replaceAll(/\W+/g, '-')}`);
  });
}

test('who tries again gets the box', async ({ page }) => {
  let isDown = true;
  await page.route('**/latchlet_bg.wasm', (route) => (isDown ? route.abort() : route.continue()));
  await tag.openBox();
  await expect(message).toBeVisible();
  isDown = false;
  await tag.element.getByRole('button', { name: 'Try again' }).press('Enter');
  await expect(tag.box.email).toBeVisible();
  await expect(message).toBeEmpty();
  await expect(link).toBeHidden();
  await tag.ready();
});

test('the words are the page’s own, where it has some', async ({ page }) => {
  await page.route('**/latchlet_bg.wasm', (route) => route.abort());
  await tag.openBox({ languageDictionary: { unrecoverableError: 'Das ging schief.', retryLabel: 'Noch einmal' } });
  await expect(message).toHaveText(/^Das ging schief\./);
  await expect(tag.element.getByRole('button', { name: 'Noch einmal' })).toBeVisible();
});

test('a Wasm of no type works all the same, and the developer reads why it is slow', async ({ page, host }) => {
  const warnings = [];
  page.on('console', (it) => it.type() === 'warning' && warnings.push(it.text()));
  host.pages['/latchlet/latchlet_bg.wasm'] = { type: 'application/octet-stream', body: await built('latchlet_bg.wasm') };
  await tag.openBox();
  await expect(tag.box.email).toBeVisible();
  expect(warnings.join()).toContain('application/wasm');
});

test('where no script runs, the page’s own link is there', async ({ browser, host }) => {
  host.pages['/'] = html(`<latchlet-box>${inline(await optionsFor(host))}<a href="/hosted">Log in here</a></latchlet-box>`);
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(host.origin);
  await expect(page.getByRole('link', { name: 'Log in here' })).toBeVisible();
  await context.close();
});

test('a script whose digest is another does not run: the link is there', async ({ host }) => {
  const { 'box.js': digest } = JSON.parse(await built('integrity.json'));
  const script = `<script type="module" src="/latchlet/box.js" integrity="${digest}"></script>`;
  await tag.openBox({}, { script });
  await expect(tag.box.email).toBeVisible();
  host.pages['/latchlet/box.js'] = { type: 'text/javascript', body: `${await built('box.js')};` };
  await tag.openBox({}, { script });
  await expect(link).toBeVisible();
  await expect(tag.box.root).toHaveCount(0);
});

for (const isolation of ['light', 'shadow']) {
  test(`code that traps takes all boxes along, and nothing that was typed, isolation=${isolation}`, async ({ page, host }) => {
    await trap(host, (name) => name === 'boxhandle_explain');
    const options = await optionsFor(host);
    const box = (more) => `<latchlet-box isolation="${isolation}">${inline({ ...options, ...more })}<a href="/hosted">Log in here</a></latchlet-box>`;
    await tag.open(box({}) + box({ initialScreen: 'login' }));
    await expect(tag.box.root).toHaveCount(2);
    const first = page.locator('latchlet-box').first();
    const at = (label) => first.getByLabel(label, { exact: true });
    await at('Email address').fill('ada@example.com');
    await at('Password').fill('correct horse battery staple');
    await at('Team size').selectOption('2-10');
    await first.getByRole('checkbox').check();
    expect(await first.evaluate((box) => box.explain().catch((error) => error.code))).toBe('internal_error');
    for (const box of await page.locator('latchlet-box').all()) {
      await expect(box.getByRole('alert')).toContainText('has stopped working');
      await expect(box.getByRole('link', { name: 'Log in here' })).toBeVisible();
      await expect(box.getByRole('button')).toHaveText(['Reload the page']);
    }
    await expect(at('Email address')).toHaveValue('ada@example.com');
    await expect(at('Email address')).not.toBeEditable();
    await expect(at('Password')).toHaveValue('');
    await expect(at('Team size')).toHaveValue('2-10');
    await expect(first.getByRole('checkbox')).toBeChecked();
    expect((await tag.told('fatal')).map(({ detail }) => detail.code)).toEqual(['internal_error', 'internal_error']);
    await picture(page, `failure-trap-${isolation}`);
    await expectAccessible(page);
    // Nothing leaves the page from what is left.
    await at('Email address').press('Enter');
    expect(page.url()).toBe(`${host.origin}/`);
    // A box that is made later says so at once.
    await page.evaluate((given) => {
      const box = document.createElement('latchlet-box');
      box.options = given;
      document.querySelector('main').append(box);
    }, options);
    await expect(page.locator('latchlet-box').nth(2).getByRole('alert')).toContainText('has stopped working');
    await page.locator('latchlet-box').first().getByRole('button', { name: 'Reload the page' }).click();
    await expect(tag.box.email.first()).toBeEditable();
  });
}

test('a trap in the middle of typing, and a draft that outlives it', async ({ page, host }) => {
  await trap(host, (name) => name === 'boxhandle_moved');
  await tag.openBox({ draft: true });
  await tag.box.email.fill('ada@example.com');
  await tag.box.company.fill('Example Ltd');
  await expect.poll(() => page.evaluate(() => JSON.stringify({ ...sessionStorage }))).toContain('Example Ltd');
  // A framework moves the element, and an exception reaches the page.
  await page.evaluate(() => document.body.append(document.querySelector('latchlet-box')));
  await expect(message).toContainText('has stopped working');
  await tag.element.getByRole('button', { name: 'Reload the page' }).click();
  await expect(tag.box.company).toHaveValue('Example Ltd');
});

test('a trap that an event of the page leads to', async ({ page, host }) => {
  await tag.openBox();
  await expect(tag.box.email).toBeVisible();
  await trap(host, (name) => name.includes('closures'));
  await page.reload();
  // The box is drawn and deaf: the first thing that it hears is its end.
  await expect(message).toContainText('has stopped working');
  expect((await tag.hears('fatal')).detail.code).toBe('internal_error');
});
