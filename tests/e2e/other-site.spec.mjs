// A page of another site than the auth server, in a browser that blocks cookies of
// third parties: two registrable hosts over TLS, both of them this machine.

import { files, fingerprint, pems } from '../clients/harness/authority.mjs';
import { Box } from './harness/box.mjs';
import { executable, quiet } from './harness/environment.mjs';
import { Host } from './harness/host.mjs';
import { Prompt, questions } from './harness/prompt.mjs';
import { Server } from './harness/server.mjs';
import { admit, boxOptions, expect, newEmail, test as base } from './harness/test.mjs';

const fields = questions.fields.map((field) => ({ ...field, ask: { fromLogin: 2 } }));
const progressiveProfile = { ...questions, fields };

const test = base.extend({
  host: async ({}, use) => {
    const host = await Host.start({ name: 'www.shop.example', tls: pems() });
    await use(host);
    await host.close();
  },

  server: [async ({ host }, use) => {
    const server = await Server.start({
      name: 'login.accounts.example',
      tls: files(),
      change: (config, box) => {
        admit(config, host.origin);
        Object.assign(box, { progressiveProfile });
      },
    });
    const { auth, ...options } = await boxOptions();
    const domain = server.publicUrl;
    host.connectTo = domain;
    host.options = { ...options, progressiveProfile, domain, auth: { ...auth, audience: `${domain}/api/v2/` } };
    await use(server);
    await server.close();
  }, { auto: true }],

  /** A browser that blocks; it is seen to be offered cookies and to carry none. */
  page: async ({ page, context }, use) => {
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.setCookieControls', { enableThirdPartyCookieRestriction: true });
    const offered = [];
    const carried = [];
    page.on('response', async (response) => {
      const isTicket = response.request().method() === 'POST' && response.url().endsWith('/co/authenticate');
      if (isTicket) offered.push(await response.headerValue('set-cookie'));
    });
    page.on('request', async (request) => {
      if (request.method() === 'POST') carried.push(await request.headerValue('cookie'));
    });
    await use(page);
    expect(offered.join(), 'cookies that were offered').toMatch(/__Host-latchlet-co-.*SameSite=None; Secure/);
    expect(carried.filter(Boolean), 'cookies between the sites').toEqual([]);
    expect(carried.length).toBeGreaterThan(1);
    expect(await context.cookies(), 'nobody is signed in at the server itself').toEqual([]);
  },
});

test.use({
  launchOptions: {
    executablePath: executable('LATCHLET_TEST_CHROMIUM'),
    args: [...quiet, '--host-resolver-rules=MAP *.example 127.0.0.1', `--ignore-certificate-errors-spki-list=${fingerprint()}`],
  },
});

test('our server needs no cookie for a sign-up, a login and questions after it', async ({ page, host, server }) => {
  const [box, prompt, email] = [new Box(page), new Prompt(page), newEmail()];
  await page.goto(host.origin);
  await box.fill({ email });
  await box.submit.click();
  await expect(box.heading('You are logged in')).toBeVisible();
  await page.goto(host.origin);
  await box.root.getByRole('button', { name: 'Log in' }).click();
  await box.signIn({ email });
  await prompt.opens();
  await prompt.company.fill('Example Ltd');
  await prompt.save.click();
  await prompt.isOver();
  const [{ accessToken, idTokenPayload }] = await prompt.told('authenticated');
  const address = `${server.origin}/api/v2/users/${encodeURIComponent(idTokenPayload.sub)}`;
  const profile = await (await fetch(address, { headers: { authorization: `Bearer ${accessToken}` } })).json();
  expect(profile.user_metadata.company_name).toBe('Example Ltd');
});

test('a login at a tenant that lost its cookie says so, and what helps', async ({ page, host, watched }) => {
  watched.allow(/custom domain of this site/);
  const said = [];
  page.on('console', (message) => said.push(message.text()));
  // A tenant offers nothing but the cookie.
  await page.addInitScript(() => {
    const { fetch } = globalThis;
    globalThis.fetch = async (...given) => {
      const response = await fetch(...given);
      if (!response.url.endsWith('/co/authenticate')) return response;
      const { code_verifier: _, ...reply } = await response.json();
      return new Response(JSON.stringify(reply), response);
    };
  });
  const [box, prompt] = [new Box(page), new Prompt(page)];
  await page.goto(host.origin);
  await box.fill({ email: newEmail() });
  await box.submit.click();
  await expect(box.alert).toHaveText(/could not be completed/);
  expect((await prompt.told('error')).map(({ code }) => code)).toEqual(['login_required']);
  expect(said.join()).toContain('give it a custom domain of this site');
});
