// The box as a guest on a page: loud about a wrong config, silent about
// secrets, gone without a trace.

import { expectAccessible } from './harness/axe.mjs';
import { Box, passwords } from './harness/box.mjs';
import { policy } from './harness/host.mjs';
import { boxOptions, expect, newEmail, picture, test } from './harness/test.mjs';

test('the demo page is served under the strict policy', async ({ latchlet }) => {
  const response = await fetch(latchlet.demo);
  expect(response.headers.get('content-security-policy')).toBe(policy());
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
});

test('every config mistake is shown at once, with its path and what was meant', async ({ page, host, watched }) => {
  watched.allow(/Latchlet config/);
  const logged = [];
  page.on('console', (message) => logged.push(message.text()));
  const { additionalSignUpFields, ...rest } = await boxOptions();
  host.options = {
    ...rest,
    domain: host.origin,
    additionalSignupFields: additionalSignUpFields,
    connections: [{ name: 'db', requires_usrname: true }],
    initialScreen: 7,
  };
  await page.goto(host.origin);
  const box = new Box(page);
  const items = box.root.getByRole('alert').getByRole('listitem');
  await expect(items.filter({ hasText: 'additionalSignupFields' })).toContainText('additionalSignUpFields');
  await expect(items.filter({ hasText: 'initialScreen' })).toBeVisible();
  expect(await items.count()).toBeGreaterThanOrEqual(2);
  await expect.poll(() => logged.filter((text) => text.includes('Latchlet config')).length)
    .toBe(await items.count());
  const events = await page.evaluate(() => globalThis.latchletTest.events);
  expect(events.map(({ name }) => name)).toContain('config-error');
  await expect(box.root.locator('form')).toHaveCount(0);
  await picture(page, 'config-errors');
  await expectAccessible(page);
});

test('without the module that knows the mistakes, the box says that there are some', async ({ page, host, watched }) => {
  watched.allow(/Latchlet config|latchlet_check|Failed to load/);
  await page.route('**/latchlet/latchlet_check_bg.wasm', (route) => route.abort());
  host.options = { ...await boxOptions(), domain: 7 };
  await page.goto(host.origin);
  const box = new Box(page);
  await expect(box.root.getByRole('alert').getByRole('listitem')).toContainText('latchlet check FILE');
  const events = await page.evaluate(() => globalThis.latchletTest.events);
  expect(events.map(({ name, detail }) => [name, detail.length])).toEqual([['config-error', 1]]);
});

test('a box with a right config loads no more than it needs', async ({ page, host }) => {
  const asked = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  host.options = { ...await boxOptions(), domain: host.origin };
  await page.goto(host.origin);
  await expect(new Box(page).email).toBeVisible();
  expect(asked.filter((path) => path.startsWith('/latchlet/')))
    .toEqual(['/latchlet/latchlet.js', '/latchlet/latchlet_bg.wasm']);
});

for (const [what, field] of [
  ['a root attribute that Auth0 does not have', { name: 'connection', storage: 'root' }],
  ['a root attribute that would reach into a prototype', { name: '__proto__', storage: 'root' }],
]) {
  test(`${what} is refused`, async ({ page, host, watched }) => {
    watched.allow(/Latchlet config/);
    const options = await boxOptions();
    host.options = { ...options, domain: host.origin, additionalSignUpFields: [{ placeholder: 'x', ...field }] };
    await page.goto(host.origin);
    await expect(new Box(page).root.getByRole('alert').getByRole('listitem')).toHaveCount(1);
  });
}

test('fields may be called what a form calls its own parts', async ({ page, host }) => {
  const names = ['submit', 'action', 'method', 'reset', 'elements', 'constructor', 'nodeName', 'attributes'];
  const options = await boxOptions();
  host.options = {
    ...options,
    domain: host.origin,
    additionalSignUpFields: names.map((name) => ({ name, placeholder: `field ${name}` })),
  };
  await page.goto(host.origin);
  const box = new Box(page);
  await box.submit.click();
  await expect(box.summary.getByRole('link')).toHaveCount(names.length + 2);
  const kind = await box.root.locator('form').evaluate((form) => [typeof form.submit, form.method]);
  expect(kind).toEqual(['function', 'post']);
});

test('what a config says is text and never HTML', async ({ page, host }) => {
  const evil = '<img src=x onerror="document.title=1"><b>bold</b>';
  const options = await boxOptions();
  host.options = {
    ...options,
    domain: host.origin,
    additionalSignUpFields: [
      { name: 'a', label: evil, placeholder: evil },
      { name: 'b', type: 'select', label: 'b', options: [{ value: evil, label: evil }] },
      { name: 'c', type: 'checkbox', placeholder: evil },
    ],
  };
  await page.goto(host.origin);
  const box = new Box(page);
  await expect(box.root.getByText(evil).first()).toBeVisible();
  expect(await box.root.locator('img, b').count()).toBe(0);
  await box.submit.click();
  await expect(box.summary).toContainText(evil);
  expect(await page.title()).toBe('A page with a box');
});

test('without the Wasm the demo says so, and Enter leaks nothing', async ({ page, latchlet, watched }) => {
  watched.allow(/WebAssembly|wasm|404/i);
  latchlet.proxy.spoil('/latchlet/latchlet_bg.wasm', { answer: { status: 404, body: 'gone' } }, 2);
  await page.goto(latchlet.demo);
  await expect(page.locator('#box')).toContainText('could not be loaded');
  await page.keyboard.press('Enter');
  expect(page.url()).toBe(latchlet.demo);
  await expectAccessible(page);
});

test('a submit after the code of the box has died stays on the page', async ({ page, host, watched }) => {
  watched.allow(/form-action|Refused to send form data|Sending form data|policy violated: form-action/);
  host.options = { ...await boxOptions(), domain: host.origin };
  await page.goto(host.origin);
  const box = new Box(page);
  await box.email.fill('ada@example.com');
  await box.password.fill(passwords.good);
  // The same elements without any listener: what is left after a trap.
  await page.evaluate(() => {
    const form = document.querySelector('[part="box"] form');
    const copy = form.cloneNode(true);
    copy.querySelector('[type="password"]').value = form.querySelector('[type="password"]').value;
    form.replaceWith(copy);
  });
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  await box.password.focus();
  await page.keyboard.press('Enter');
  await page.evaluate(() => { HTMLFormElement.prototype.submit.call(document.querySelector('[part="box"] form')); });
  await page.waitForTimeout(300);
  expect(page.url()).toBe(`${host.origin}/`);
  expect(asked).toEqual([]);
});

test('two boxes share a page without sharing an id', async ({ page, host }) => {
  host.options = { ...await boxOptions(), domain: host.origin };
  await page.goto(host.origin);
  await expect(page.locator('[part="box"]')).toHaveCount(1);
  await page.evaluate((options) => {
    const second = document.createElement('div');
    document.querySelector('main').append(second);
    globalThis.latchletTest.mount(second, options);
  }, host.options);
  await expect(page.locator('[part="box"]')).toHaveCount(2);
  const ids = await page.locator('[id]').evaluateAll((nodes) => nodes.map((node) => node.id));
  expect(new Set(ids).size).toBe(ids.length);
  const references = await page.locator('[part="box"] *').evaluateAll((nodes) => nodes.flatMap((node) =>
    ['for', 'aria-describedby', 'aria-labelledby', 'aria-controls']
      .flatMap((name) => node.getAttribute(name)?.split(' ') ?? [])
      .filter((id) => !document.getElementById(id))));
  expect(references, 'ids that nothing has').toEqual([]);
  const [first, second] = [0, 1].map((index) => new Box(page, page.locator('[part="box"]').nth(index)));
  await first.email.fill('ada@');
  await first.email.press('Tab');
  await expect(first.errorOf(first.email)).not.toBeEmpty();
  await expect(second.errorOf(second.email)).toBeEmpty();
});

test('update takes other options and keeps what was typed, except the password', async ({ page, host }) => {
  host.options = { ...await boxOptions(), domain: host.origin };
  await page.goto(host.origin);
  const box = new Box(page);
  await box.fill({ email: newEmail(), company: 'kept' });
  await page.evaluate((options) => {
    const fields = options.additionalSignUpFields.map((field) =>
      (field.name === 'company' ? { ...field, label: 'Employer' } : field));
    globalThis.latchletTest.handle.update({ ...options, additionalSignUpFields: fields });
  }, host.options);
  await expect(box.root.getByLabel('Employer (optional)', { exact: true })).toHaveValue('kept');
  await expect(box.name).toHaveValue('Ada Lovelace');
  await expect(box.password).toHaveValue('');
});

test('unmount leaves nothing behind, also a hundred times', async ({ page, host }) => {
  host.options = { ...await boxOptions(), domain: host.origin };
  await page.goto(host.origin);
  const box = new Box(page);
  await expect(box.email).toBeVisible();
  const protocol = await page.context().newCDPSession(page);
  const count = async () => {
    await protocol.send('HeapProfiler.collectGarbage');
    const { nodes, jsEventListeners } = await protocol.send('Memory.getDOMCounters');
    return { nodes, jsEventListeners };
  };
  const turns = (times) => page.evaluate(async ([options, most]) => {
    const { element, mount } = globalThis.latchletTest;
    for (let turn = 0; turn < most; turn += 1) {
      globalThis.latchletTest.handle.unmount();
      globalThis.latchletTest.handle = mount(element, options);
      await new Promise((resolve) => { requestAnimationFrame(resolve); });
    }
  }, [host.options, times]);
  await turns(5);
  const before = await count();
  await turns(100);
  const after = await count();
  // One box has about a hundred nodes: a leak of each would be ten thousand.
  expect(after.nodes - before.nodes).toBeLessThan(200);
  expect(after.jsEventListeners - before.jsEventListeners).toBeLessThan(50);
  await page.evaluate(() => globalThis.latchletTest.handle.unmount());
  expect(await page.locator('#box').evaluate((element) => element.childNodes.length)).toBe(0);
});

test('a page that forgets the handle keeps its box', async ({ page, host }) => {
  host.options = { ...await boxOptions(), domain: host.origin };
  await page.goto(host.origin);
  const box = new Box(page);
  await expect(box.email).toBeVisible();
  await page.evaluate(() => { delete globalThis.latchletTest.handle; });
  const protocol = await page.context().newCDPSession(page);
  for (let turn = 0; turn < 3; turn += 1) {
    await protocol.send('HeapProfiler.collectGarbage');
    await page.waitForTimeout(100);
  }
  await box.submit.click();
  await expect(box.summary).toBeFocused();
});
