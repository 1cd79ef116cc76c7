// The modal as people see it and as axe sees it, in every dress.

import { expectAccessible } from './harness/axe.mjs';
import { LockPage } from './harness/lock.mjs';
import { expect, picture, test } from './harness/test.mjs';

const looks = {
  light: async () => {},
  dark: (page) => page.emulateMedia({ colorScheme: 'dark' }),
  narrow: (page) => page.setViewportSize({ width: 320, height: 640 }),
  low: (page) => page.setViewportSize({ width: 1024, height: 480 }),
  rtl: (page) => page.evaluate(() => { document.documentElement.dir = 'rtl'; }),
  'forced-colors': (page) => page.emulateMedia({ forcedColors: 'active' }),
};

for (const [look, dress] of Object.entries(looks)) {
  test(`the modal, ${look}: inside the window, its button in its corner, axe finds nothing`, async ({ page, host, latchlet }) => {
    expect(latchlet.origin).toBe(host.connectTo);
    const lock = new LockPage(page, host);
    await lock.open();
    await dress(page);
    await lock.opener.click();
    await expect(lock.box.email).toBeVisible();
    await page.waitForTimeout(250);
    await picture(page, `modal-${look}`, { fullPage: false });
    await expectAccessible(page);
    const { width, height } = page.viewportSize();
    const dialog = await lock.dialog.boundingBox();
    expect(dialog.x).toBeGreaterThanOrEqual(0);
    expect(dialog.y).toBeGreaterThanOrEqual(0);
    expect(dialog.x + dialog.width).toBeLessThanOrEqual(width);
    expect(dialog.y + dialog.height).toBeLessThanOrEqual(height);
    const title = await lock.dialog.locator('[part~="title"]').boundingBox();
    const close = await lock.close.boundingBox();
    expect(Math.min(close.width, close.height)).toBeGreaterThanOrEqual(44);
    // Level with the first line of the title, at its far end.
    expect(Math.abs((close.y + close.height / 2) - (title.y + 15))).toBeLessThan(8);
    expect(close.x > dialog.x + dialog.width / 2).toBe(look !== 'rtl');
    // A long form scrolls, and the button stays.
    await lock.box.submit.scrollIntoViewIfNeeded();
    expect(await lock.close.boundingBox()).toEqual(close);
  });
}

test('with reduced motion nothing moves', async ({ page, host, latchlet }) => {
  expect(latchlet.origin).toBe(host.connectTo);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const lock = new LockPage(page, host);
  await lock.open();
  await lock.opener.click();
  await expect(lock.dialog).toHaveCSS('transition-duration', '0s');
});

test('while the box loads there is a dialog with a name, and a failure has its dress', async ({ page, host, latchlet, watched }) => {
  expect(latchlet.origin).toBe(host.connectTo);
  watched.allow(/Failed to fetch|TypeError|net::ERR_FAILED|LatchletError/);
  const lock = new LockPage(page, host);
  let letGo;
  const held = new Promise((resolve) => { letGo = resolve; });
  await page.route('**/latchlet/latchlet_bg.wasm', async (route) => {
    await held;
    await route.abort();
  });
  await lock.open();
  await lock.opener.click();
  await expect(lock.dialog).toHaveAccessibleName('Log in');
  await expect(lock.dialog).toBeFocused();
  await picture(page, 'modal-loading', { fullPage: false });
  await expectAccessible(page);
  letGo();
  await expect(lock.dialog.getByRole('alert')).toBeVisible();
  await picture(page, 'modal-failed', { fullPage: false });
});
