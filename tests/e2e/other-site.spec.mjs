// A page of another site than the auth server: `localhost` and `127.0.0.1`, between
// which the browser carries no cookie in a request that a script makes.

import { passwords } from './harness/box.mjs';
import { ElementPage } from './harness/element.mjs';
import { Host } from './harness/host.mjs';
import { expect, newEmail, test as base } from './harness/test.mjs';

const test = base.extend({
  host: async ({}, use) => {
    const host = await Host.start();
    host.origin = host.origin.replace('127.0.0.1', 'localhost');
    await use(host);
    await host.close();
  },
});

test('a sign-up needs no cookie; a login that lost its own says so, and what helps', async ({ page, host, latchlet, watched }) => {
  watched.allow(/custom domain of this site/);
  const said = [];
  page.on('console', (message) => said.push(message.text()));
  const tag = new ElementPage(page, host);
  const cookies = [];
  page.on('request', async (request) => {
    if (request.method() === 'POST') cookies.push(await request.headerValue('cookie'));
  });
  await tag.openBox();
  const email = newEmail();
  await tag.box.fill({ email });
  await tag.box.submit.click();
  await expect(tag.box.alert).toHaveText(/could not be completed/);
  expect((await tag.hears('error')).detail.code).toBe('login_required');
  expect(said.join()).toContain('give it a custom domain of this site');
  expect(cookies.filter(Boolean), 'cookies between the sites').toEqual([]);
  // The account is there.
  const reply = await fetch(`${latchlet.origin}/co/authenticate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: host.origin },
    body: JSON.stringify({
      client_id: 'latchlet-demo', credential_type: 'http://auth0.com/oauth/grant-type/password-realm',
      realm: 'Username-Password-Authentication', username: email, password: passwords.good,
    }),
  });
  expect(reply.status).toBe(200);
});
