// The class `Latchlet` where a page puts it: in a modal, in an element, in a
// shadow root; by keyboard, and with nothing left behind.

import { expectAccessible } from './harness/axe.mjs';
import { Box } from './harness/box.mjs';
import { LockPage } from './harness/lock.mjs';
import { expect, newEmail, test } from './harness/test.mjs';

/** @type {LockPage} */
let lock;

test.beforeEach(async ({ page, host, latchlet }) => {
  expect(latchlet.origin).toBe(host.connectTo);
  lock = new LockPage(page, host);
  await lock.open();
});

/** Where focus is: in the dialog, on the page behind it, or in the browser. */
const focusIs = (page) => page.evaluate(() => {
  const focused = document.activeElement;
  if (focused === document.body) return 'browser';
  return focused.closest('dialog') ? 'dialog' : 'page';
});

test('the modal by keyboard: it opens, keeps focus, closes by Escape and gives focus back', async ({ page }) => {
  await lock.opener.focus();
  await page.keyboard.press('Enter');
  await expect(lock.dialog).toHaveAccessibleName('Create your account');
  await expect(lock.box.email).toBeFocused();
  await expectAccessible(page);
  const visited = new Set();
  for (let press = 0; press < 50; press += 1) {
    await page.keyboard.press('Tab');
    visited.add(await focusIs(page));
  }
  expect(visited).not.toContain('page');
  expect(visited).toContain('dialog');
  await lock.box.email.focus();
  await page.keyboard.press('Escape');
  await expect(lock.dialog).toBeHidden();
  await expect(lock.opener).toBeFocused();
  expect(await lock.told('show')).toHaveLength(1);
  expect(await lock.told('hide')).toHaveLength(1);
});

test('the visible button closes, and so does the backdrop, but not a selection that ends there', async ({ page }) => {
  await lock.opener.click();
  await expect(lock.box.email).toBeVisible();
  await lock.close.click();
  await expect(lock.dialog).toBeHidden();
  await lock.opener.click();
  await lock.begin();
  await lock.box.email.fill('a long address to select@example.com');
  const field = await lock.box.email.boundingBox();
  await page.mouse.move(field.x + 60, field.y + field.height / 2);
  await page.mouse.down();
  await page.mouse.move(8, 8);
  await page.mouse.up();
  await expect(lock.dialog).toBeVisible();
  await page.mouse.click(8, 8);
  await expect(lock.dialog).toBeHidden();
});

test('not closable: no button, and neither Escape nor the backdrop closes', async ({ page }) => {
  await page.evaluate(() => globalThis.lockTest.lock.show({ closable: false }));
  await expect(lock.box.email).toBeFocused();
  await expect(lock.close).toBeHidden();
  for (let press = 0; press < 3; press += 1) await page.keyboard.press('Escape');
  await page.mouse.click(8, 8);
  await expect(lock.dialog).toBeVisible();
  await page.evaluate(() => globalThis.lockTest.lock.hide());
  await expect(lock.dialog).toBeHidden();
});

test('an opener that is gone: focus goes to what stood around it', async ({ page }) => {
  await lock.opener.click();
  await expect(lock.box.email).toBeFocused();
  await page.evaluate(() => document.querySelector('#opener').remove());
  await page.keyboard.press('Escape');
  await expect(page.locator('main > p')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.locator('main > p')).not.toHaveAttribute('tabindex');
});

test('the page behind neither scrolls nor moves', async ({ page }) => {
  // As browsers have it that show scroll bars.
  const place = () => page.evaluate(() => document.querySelector('h1').getBoundingClientRect().toJSON());
  await page.evaluate(() => scrollTo(0, 100));
  const before = await place();
  await page.evaluate(() => globalThis.lockTest.lock.show());
  await expect(lock.box.email).toBeVisible();
  expect(await place()).toEqual(before);
  await page.mouse.move(8, 400);
  await page.mouse.wheel(0, 400);
  await page.waitForTimeout(200);
  expect(await place()).toEqual(before);
  await page.evaluate(() => globalThis.lockTest.lock.hide());
  expect(await place()).toEqual(before);
  await page.mouse.wheel(0, 400);
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(100);
});

test('on a small screen focus does not open the keyboard', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await lock.open();
  await lock.opener.click();
  await expect(lock.box.email).toBeVisible();
  await expect(lock.dialog).toBeFocused();
  await expectAccessible(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
});

const places = {
  'an id': () => globalThis.lockTest.make({ container: 'place' }).show(),
  'an element': () => globalThis.lockTest.make({ container: document.querySelector('#place') }).show(),
  'an element in a shadow root': () => {
    const root = document.querySelector('#place').attachShadow({ mode: 'open' });
    const inside = document.createElement('div');
    root.append(inside);
    globalThis.lockTest.make({ container: inside }).show();
  },
};
for (const [name, place] of Object.entries(places)) {
  test(`in the page, by ${name}: a box that logs in, and no dialog`, async ({ page }) => {
    await page.evaluate(place);
    const box = new Box(page, page.locator('#place [part~="box"]'));
    await expect(box.heading('Create your account')).toBeVisible();
    await expect(lock.dialog).toHaveCount(0);
    // The box's own sheet reached the root that it is in.
    await expect(box.submit).toHaveCSS('border-radius', '10px');
    await expect(box.email).not.toBeFocused();
    await expectAccessible(page);
    await box.fill({ email: newEmail() });
    await box.submit.click();
    await lock.hears('authenticated');
  });
}

test('an id that the page does not have is told at once', async ({ page }) => {
  const message = await page.evaluate(() => {
    try {
      globalThis.lockTest.make({ container: '#place' }).show();
      return 'no error';
    } catch (error) {
      return error.message;
    }
  });
  expect(message).toBe(
    'Latchlet: the page has no element with the id “#place” to put the box into. Give the id without “#”.',
  );
});

test('closed and opened again, what was typed is there, and the password is not', async ({ page }) => {
  await lock.opener.click();
  await lock.begin();
  await lock.box.fill({ email: 'ada@example.com', company: 'I <3 cats & "x<y" 日本 <語>' });
  await page.keyboard.press('Escape');
  await expect(lock.dialog).toBeHidden();
  const held = await page.evaluate(() => [...document.querySelectorAll('input')].map(({ value }) => value));
  expect(held.join()).not.toContain('battery staple');
  await lock.opener.click();
  await expect(lock.box.email).toHaveValue('ada@example.com');
  await expect(lock.box.company).toHaveValue('I <3 cats & "x<y" 日本 <語>');
  await expect(lock.box.teamSize).toHaveValue('1');
  await expect(lock.box.password).toHaveValue('');
});

test('several at once: each has its own modal, fields and listeners', async ({ page }) => {
  await page.evaluate(() => {
    const { make } = globalThis.lockTest;
    globalThis.lockTest.inline = make({ container: 'place', initialScreen: 'login' });
    globalThis.lockTest.inline.show();
    globalThis.lockTest.lock.show();
  });
  const inline = new Box(page, page.locator('#place [part~="box"]'));
  const modal = new Box(page, page.locator('dialog [part~="box"]'));
  await modal.email.fill('modal@example.com');
  await page.keyboard.press('Escape');
  await expect(inline.heading('Welcome back')).toBeVisible();
  await inline.email.fill('inline@example.com');
  await lock.opener.click();
  await expect(modal.email).toHaveValue('modal@example.com');
  await expect(inline.email).toHaveValue('inline@example.com');
  const ids = await page.evaluate(() => [...document.querySelectorAll('[id]')].map(({ id }) => id));
  expect(new Set(ids).size).toBe(ids.length);
});

test('destroy leaves nothing behind, and what comes after says so', async ({ page }) => {
  const traces = () => page.evaluate(() => ({
    elements: document.querySelectorAll('*').length,
    attributes: document.documentElement.getAttributeNames().join() + document.body.getAttributeNames().join(),
    dialogSheets: document.adoptedStyleSheets.filter((sheet) =>
      [...sheet.cssRules].some((rule) => rule.cssText.includes('latchlet-dialog'))).length,
    overflow: getComputedStyle(document.documentElement).overflow,
  }));
  const before = await traces();
  await page.evaluate(() => {
    globalThis.lockTest.locks = [globalThis.lockTest.make(), globalThis.lockTest.make(), globalThis.lockTest.make({ container: 'place' })];
    for (const one of globalThis.lockTest.locks) one.show();
  });
  await expect(page.locator('[part~="box"]')).toHaveCount(3);
  expect((await traces()).dialogSheets).toBe(1);
  await page.evaluate(() => { for (const one of globalThis.lockTest.locks) one.destroy(); });
  expect(await traces()).toEqual(before);
  const said = await page.evaluate(async () => {
    const [gone] = globalThis.lockTest.locks;
    gone.hide();
    gone.destroy();
    const thrown = (() => {
      try {
        return gone.show();
      } catch (error) {
        return error.message;
      }
    })();
    return [thrown, await gone.getUserInfo('x').catch(({ code }) => code)];
  });
  expect(said).toEqual(['This Latchlet was destroyed: make a new one.', 'destroyed']);
});

test('what was destroyed can be collected: no listener or registry holds it', async ({ page }) => {
  const devtools = await page.context().newCDPSession(page);
  const count = async () => {
    // What Rust holds goes once the handle to it was collected.
    for (let round = 0; round < 3; round += 1) {
      await devtools.send('HeapProfiler.collectGarbage');
      await page.waitForTimeout(100);
    }
    const { nodes, jsEventListeners } = await devtools.send('Memory.getDOMCounters');
    return { nodes, jsEventListeners };
  };
  const cycle = (times) => page.evaluate(async (rounds) => {
    const { Latchlet, clientId, domain, options } = globalThis.lockTest;
    for (let round = 0; round < rounds; round += 1) {
      const one = new Latchlet(clientId, domain, options);
      const drawn = new Promise((resolve) => { one.once('signup ready', resolve); });
      one.show();
      await drawn;
      one.destroy();
      await new Promise((resolve) => { setTimeout(resolve); });
    }
  }, times);
  await cycle(3);
  const before = await count();
  await cycle(20);
  const after = await count();
  expect(after.nodes - before.nodes).toBeLessThan(20);
  expect(after.jsEventListeners - before.jsEventListeners).toBeLessThan(20);
});

test('a box that cannot be loaded says so, and can be tried again', async ({ page, watched }) => {
  watched.allow(/Failed to fetch|TypeError|net::ERR_FAILED|LatchletError/);
  await page.route('**/latchlet/latchlet_bg.wasm', (route) => route.abort());
  await lock.opener.click();
  await expect(lock.dialog.getByRole('alert')).toContainText('The form could not be loaded.');
  await expectAccessible(page);
  const [error] = await lock.hears('unrecoverable_error');
  expect(error.code).toBe('load_failed');
  await page.unroute('**/latchlet/latchlet_bg.wasm');
  await lock.dialog.getByRole('button', { name: 'Try again' }).click();
  await expect(lock.box.email).toBeVisible();
});
