// What few people need comes as a second module, when somebody needs it first.

import { Box } from './harness/box.mjs';
import { built } from './harness/module.mjs';
import { boxOptions, expect, test } from './harness/test.mjs';

const LATER = '/latchlet/latchlet_later_bg.wasm';

async function open(page, host) {
  host.options = { ...await boxOptions(), domain: host.origin, initialScreen: 'login' };
  await page.goto(host.origin);
  return new Box(page);
}

const forgotten = (box) => box.root.getByRole('button', { name: 'Forgot your password?' });

test('it comes once, for the screen that needs it', async ({ page, host }) => {
  const asked = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  const box = await open(page, host);
  await expect(box.email).toBeVisible();
  expect(asked).not.toContain(LATER);
  await forgotten(box).click();
  await expect(box.heading('Reset your password')).toBeFocused();
  await box.root.getByRole('button', { name: 'Back to log in' }).click();
  await forgotten(box).click();
  await expect(box.heading('Reset your password')).toBeFocused();
  expect(asked.filter((path) => path === LATER)).toHaveLength(1);
});

test('where it does not come, what is shown stays, and a second attempt succeeds', async ({ page, host, watched }) => {
  watched.allow(/latchlet_later|Failed to (load|fetch)|TypeError/);
  await page.route(`**${LATER}`, (route) => route.abort());
  const box = await open(page, host);
  await box.email.fill('ada@example.com');
  await forgotten(box).click();
  await expect(box.alert).toHaveText('This could not be loaded. Check your connection and try again.');
  await expect(box.email).toHaveValue('ada@example.com');
  await page.unroute(`**${LATER}`);
  await forgotten(box).click();
  await expect(box.heading('Reset your password')).toBeFocused();
  await expect(box.email).toHaveValue('ada@example.com');
});

test('a screen that a box starts with is asked for again by its button', async ({ page, host, watched }) => {
  watched.allow(/latchlet_later|Failed to (load|fetch)|TypeError/);
  await page.route(`**${LATER}`, (route) => route.abort());
  host.options = { ...await boxOptions(), domain: host.origin, initialScreen: 'forgotPassword' };
  await page.goto(host.origin);
  const box = new Box(page);
  await expect(box.alert).toHaveText('This could not be loaded. Check your connection and try again.');
  await page.unroute(`**${LATER}`);
  await box.root.getByRole('button', { name: 'Try again' }).click();
  await expect(box.heading('Reset your password')).toBeVisible();
});

test('one of another build does not start', async ({ page, host, watched }) => {
  watched.allow(/latchlet_later|integrity|Failed to fetch|TypeError/);
  const bytes = await built('latchlet_later_bg.wasm');
  bytes[bytes.length >> 1] ^= 1;
  host.pages[LATER] = { type: 'application/wasm', body: bytes };
  const box = await open(page, host);
  await forgotten(box).click();
  await expect(box.alert).toHaveText('This could not be loaded. Check your connection and try again.');
});
