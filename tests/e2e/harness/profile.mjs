// What the server stored, asked for as an application would: with the access
// token that the box handed to its page.

import { expect } from '@playwright/test';

/** The profile of who has just logged in on the host's page. */
export async function storedProfile(page, latchlet) {
  await expect(page.getByRole('heading', { name: 'You are logged in' })).toBeVisible();
  const { accessToken, idTokenPayload } = await page.evaluate(() =>
    globalThis.latchletTest.events.findLast(({ name }) => name === 'authenticated').detail);
  const id = encodeURIComponent(idTokenPayload.sub);
  const reply = await fetch(`${latchlet.origin}/api/v2/users/${id}`, {
    headers: { authorization: `Bearer ${accessToken}` },
  });
  expect(reply.status).toBe(200);
  return reply.json();
}

/** The body of the next request to a path of the server. */
export async function nextBody(page, path) {
  const request = await page.waitForRequest((one) => one.method() === 'POST' && new URL(one.url()).pathname === path);
  return request.postDataJSON();
}

/** What is kept beside an agreement that was given: its receipt, by the name of the field. */
export function receipts(versions) {
  const receipt = (version) => [version, true, expect.any(Number), '', 'profile', expect.stringMatching(/^[\w-]{43}$/)];
  return { v: 1, c: Object.fromEntries(Object.entries(versions).map(([name, version]) => [name, receipt(version)])) };
}
