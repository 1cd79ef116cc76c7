// A box that is left, come back to, or gone while it waits: nothing stays stuck,
// and nothing happens that nobody asked for any more.

import { Box } from './harness/box.mjs';
import { ElementPage } from './harness/element.mjs';
import { executable } from './harness/environment.mjs';
import { expect, newEmail, test } from './harness/test.mjs';

// Playwright switches the back/forward cache off; people have it on. Only the
// whole browser keeps pages there.
test.use({
  launchOptions: {
    executablePath: executable('LATCHLET_TEST_WHOLE_CHROMIUM'),
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking', '--disable-component-update'],
  },
});

async function filled(page, latchlet) {
  const box = new Box(page);
  await page.goto(latchlet.demo);
  await box.fill({ email: newEmail() });
  return box;
}

test('who goes back after the login finds a form that works, without the password', async ({ page, latchlet }) => {
  const box = await filled(page, latchlet);
  await page.evaluate(() => {
    addEventListener('pageshow', (event) => { document.body.dataset.persisted = event.persisted; });
  });
  await box.submit.click();
  await expect(box.heading('You are logged in')).toBeVisible();
  // A page out of the cache never loads again.
  await page.goBack({ waitUntil: 'commit' });
  await expect(page.locator('body')).toHaveAttribute('data-persisted', 'true');
  await expect(box.submit).toHaveText('Sign up');
  await expect(box.submit).not.toHaveAttribute('aria-disabled');
  await expect(box.password).toHaveValue('');
  await expect(box.name).toHaveValue('Ada Lovelace');
});

test('a login that never leaves the page lets go of the form', async ({ page, latchlet }) => {
  const box = await filled(page, latchlet);
  await page.route('**/authorize?*', (route) => route.fulfill({ status: 204 }));
  await box.submit.click();
  await expect(box.submit).toHaveAttribute('aria-disabled', 'true');
  await expect(box.submit).not.toHaveAttribute('aria-disabled', { timeout: 15_000 });
  await expect(box.submit).toHaveText('Sign up');
});

test('while a request is under way there is no way to the other screen', async ({ page, latchlet }) => {
  const box = await filled(page, latchlet);
  latchlet.proxy.spoil('/dbconnections/signup', { delay: 1500 });
  await box.submit.click();
  const other = box.root.getByRole('button', { name: 'Log in', exact: true });
  await expect(other).toHaveAttribute('aria-disabled', 'true');
  await other.click({ force: true });
  await expect(box.heading('Create your account')).toBeVisible();
  await expect(box.heading('You are logged in')).toBeVisible();
  expect(latchlet.proxy.count('POST /dbconnections/signup')).toBe(1);
});

test('a box that was taken away does not log anybody in', async ({ page, latchlet, host, watched }) => {
  const box = new Box(page);
  await page.goto(host.origin);
  await box.root.getByLabel('Email address').waitFor();
  await box.fill({ email: newEmail() });
  latchlet.proxy.spoil('/dbconnections/signup', { delay: 800 });
  const answered = page.waitForResponse('**/dbconnections/signup');
  await box.submit.click();
  await page.evaluate(() => globalThis.latchletTest.handle.unmount());
  await answered;
  await page.waitForTimeout(500);
  expect(page.url()).toBe(`${host.origin}/`);
  expect(latchlet.proxy.count('POST /co/authenticate')).toBe(0);
  expect(watched.troubles).toEqual([]);
});

test('a focused field that goes throws nothing at the page', async ({ page, host, latchlet, watched }) => {
  expect(latchlet.origin).toBe(host.connectTo);
  const box = new Box(page);
  await page.goto(host.origin);
  await box.email.focus();
  await page.evaluate(() => globalThis.latchletTest.handle.unmount());
  await expect(box.root).toHaveCount(0);
  expect(watched.troubles).toEqual([]);
});

for (const isolation of ['light', 'shadow']) test(`a tag on a page that comes back from the cache works on, isolation=${isolation}`, async ({ page, host, latchlet }) => {
  expect(latchlet.origin).toBe(host.connectTo);
  host.pages['/next'] = '<!doctype html><html lang="en"><title>Next</title><p>Next';
  host.cached = true;
  const tag = new ElementPage(page, host);
  await tag.openBox({}, { attributes: `isolation="${isolation}"` });
  await tag.box.fill({ email: newEmail() });
  await page.evaluate(() => addEventListener('pageshow', ({ persisted }) => { document.body.dataset.persisted = persisted; }));
  await page.goto(`${host.origin}/next`);
  await page.goBack({ waitUntil: 'commit' });
  await expect(page.locator('body')).toHaveAttribute('data-persisted', 'true');
  await expect(tag.box.name).toHaveValue('Ada Lovelace');
  await tag.box.submit.click();
  await expect(tag.box.heading('You are logged in')).toBeVisible();
});
