// Logging in through another provider: oidc-provider knows the person, and says
// so by OpenID Connect.

import { createHash, randomBytes } from 'node:crypto';
import { database, loggedIn } from '../e2e/harness/accounts.mjs';
import { expectAccessible } from '../e2e/harness/axe.mjs';
import { Box, passwords } from '../e2e/harness/box.mjs';
import { storedProfile } from '../e2e/harness/profile.mjs';
import { Prompt } from '../e2e/harness/prompt.mjs';
import { expect, newEmail, picture, test as base } from '../e2e/harness/test.mjs';
import { OpenIdProvider } from './harness/provider.mjs';

const ada = { name: 'Ada King', given_name: 'Ada', family_name: 'King', company: 'Analytical Engines', email_verified: true };

const test = base.extend({
  upstream: async ({}, use) => {
    const upstream = await OpenIdProvider.start();
    await use(upstream);
    await upstream.close();
    expect(upstream.failed).toBeUndefined();
  },

  /** The demo's database, and the provider beside it. */
  serverConfig: async ({ upstream }, use) => {
    const connections = [{ ...database, box: 'config.json' }, { ...upstream.connection(), box: 'config.json' }];
    await use({ tenant: { connections } });
  },

  /** Somebody new at the provider. */
  person: async ({ upstream, latchlet, host }, use) => {
    upstream.admitServer(latchlet.origin);
    delete host.options.connections;
    host.options.initialScreen = 'login';
    const id = `ada-${Math.random().toString(36).slice(2)}`;
    upstream.people[id] = { ...ada, email: newEmail() };
    await use({ id, said: upstream.people[id] });
  },
});

const button = (page) => new Box(page).root.getByRole('button', { name: 'Continue with Example Corp' });

/** Presses the button of the box, and logs in where it leads. */
async function logIn(page, person, { press = 'Go on' } = {}) {
  await button(page).click();
  await expect(page.getByRole('heading', { name: 'Example Corp: login' })).toBeVisible();
  await page.getByLabel('Name').fill(person.id);
  await page.getByRole('button', { name: press }).click();
}

test('a button, the provider, and back: signed in, with its claims', async ({ page, latchlet, host, upstream, person }) => {
  await page.goto(host.origin);
  await expect(new Box(page).email).toBeVisible();
  await expectAccessible(page);
  await logIn(page, person);
  await loggedIn(new Box(page));
  const { email } = person.said;
  const profile = await storedProfile(page, latchlet);
  expect(profile).toMatchObject({
    user_id: `oidc|corp|${person.id}`, email, email_verified: true, name: 'Ada King', given_name: 'Ada', company: 'Analytical Engines',
    identities: [{ provider: 'oidc', connection: 'corp', user_id: person.id, isSocial: false }], logins_count: 1, user_metadata: {},
  });
  const { idTokenPayload } = await page.evaluate(() => globalThis.latchletTest.events.find(({ name }) => name === 'authenticated').detail);
  expect(idTokenPayload).toMatchObject({ sub: profile.user_id, given_name: 'Ada', family_name: 'King', email, email_verified: true });
  expect(idTokenPayload).not.toHaveProperty('company');
  expect(upstream.asked).toMatchObject([{
    client_id: 'latchlet', scope: 'openid profile email', code_challenge_method: 'S256', code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    state: expect.stringMatching(/^[\w-]{43}$/), nonce: expect.stringMatching(/^[\w-]{43}$/), redirect_uri: `${latchlet.origin}/login/callback`,
  }]);
});

test.describe('what the provider knows', () => {
  const question = (name, label) => ({ name, label, purpose: 'So that we know.' });
  test.use({ boxConfig: {
    additionalSignUpFields: [{ name: 'company', label: 'Company', required: false }],
    progressiveProfile: {
      save: 'latchlet', maxFields: 5, coolDown: '0h',
      fields: [{ name: 'company', ask: {} }, question('given_name', 'Given name'), question('work_email', 'Work email'), question('team', 'Team')]
        .map((field) => (field.name === 'work_email' ? { ...field, from: ['claims.email'] } : field)),
    },
  } });

  /** The labels of the questions that are shown. */
  const asked = (page) => new Prompt(page).root.locator('label').allInnerTexts();

  test('is asked of nobody whom it knows, and of whoever has a password', async ({ page, browser, latchlet, host, person }) => {
    const prompt = new Prompt(page);
    await page.goto(host.origin);
    await logIn(page, person);
    await prompt.opens();
    expect(await asked(page)).toEqual(['Team (optional)']);
    await expectAccessible(page);
    await picture(page, 'federated-questions');
    await prompt.root.getByLabel('Team').fill('Looms');
    await prompt.save.click();
    await prompt.isOver();
    expect(await storedProfile(page, latchlet)).toMatchObject({ company: 'Analytical Engines', user_metadata: { team: 'Looms' } });

    const other = await browser.newPage();
    host.options.initialScreen = 'signUp';
    await other.goto(host.origin);
    const box = new Box(other);
    await expect(box.root.getByLabel('Company (optional)')).toBeVisible();
    await box.email.fill(newEmail());
    await box.password.fill(passwords.good);
    await box.submit.click();
    await new Prompt(other).opens();
    // The address is known of them, too.
    expect(await asked(other)).toEqual(['Company (optional)', 'Given name (optional)', 'Team (optional)']);
    await other.close();
  });

  test('overwrites at no login what the person said', async ({ page, latchlet, host, upstream, person }) => {
    const prompt = new Prompt(page);
    await page.goto(host.origin);
    await logIn(page, person);
    await prompt.root.getByLabel('Team').fill('Looms');
    await prompt.save.click();
    await prompt.isOver();
    const { user_id: id } = await storedProfile(page, latchlet);
    const { accessToken } = await page.evaluate(() => globalThis.latchletTest.events.find(({ name }) => name === 'authenticated').detail);
    const change = await fetch(`${latchlet.origin}/api/v2/users/${encodeURIComponent(id)}`, {
      method: 'PATCH', headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ user_metadata: { company: 'My own', given_name: 'Augusta' } }),
    });
    expect(change.status, await change.text()).toBe(200);

    Object.assign(upstream.people[person.id], { company: 'Difference Engines', given_name: 'Ada A.', team: 'Theirs', user_metadata: { team: 'Theirs' } });
    await page.context().clearCookies();
    await page.goto(host.origin);
    await logIn(page, person);
    await loggedIn(new Box(page));
    expect(await storedProfile(page, latchlet)).toMatchObject({
      user_id: id, logins_count: 2, company: 'Difference Engines', given_name: 'Ada A.',
      user_metadata: { company: 'My own', given_name: 'Augusta', team: 'Looms' },
    });
  });
});

test.describe('from the login page of the server', () => {
  const verifier = randomBytes(32).toString('base64url');
  const open = (page, latchlet, host) => page.goto(`${latchlet.origin}/authorize?${new URLSearchParams({
    client_id: 'latchlet-demo', response_type: 'code', redirect_uri: `${host.origin}/`, scope: 'openid profile email', state: 'its own',
    audience: `${latchlet.origin}/api/v2/`,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'), code_challenge_method: 'S256',
  })}`);

  /** What the application makes of the code that it gets. */
  async function redeemed(page, latchlet, host) {
    await page.waitForURL((url) => url.origin === host.origin && url.searchParams.get('state') === 'its own');
    const reply = await fetch(`${latchlet.origin}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code', client_id: 'latchlet-demo', code: new URL(page.url()).searchParams.get('code'),
        redirect_uri: `${host.origin}/`, code_verifier: verifier,
      }),
    });
    const tokens = await reply.json();
    expect(reply.status, JSON.stringify(tokens)).toBe(200);
    return JSON.parse(Buffer.from(tokens.id_token.split('.')[1], 'base64url'));
  }

  test('the box leads there, asks for nothing that the provider says, and back', async ({ page, latchlet, host, person }) => {
    await open(page, latchlet, host);
    await expect(new Box(page).email).toBeVisible();
    await expectAccessible(page);
    await picture(page, 'federated-login-page');
    await logIn(page, person);
    // Straight to the application: there is no form in between.
    expect(await redeemed(page, latchlet, host)).toMatchObject({ sub: `oidc|corp|${person.id}`, email: person.said.email, given_name: 'Ada' });
  });
});

test('whoever goes away there is told so here, and may try again', async ({ page, host, person }) => {
  const box = new Box(page);
  await page.goto(host.origin);
  await logIn(page, person, { press: 'Cancel' });
  await expect(box.alert).toContainText('The login was cancelled or refused');
  await expect(box.email).toBeVisible();
  await logIn(page, person);
  await loggedIn(box);
});

test('an answer that comes twice, or in another browser, lets nobody in', async ({ page, browser, latchlet, host, person, watched }) => {
  watched.allow(/Failed to load resource/);
  const answers = [];
  // What the provider answers is kept from the browser.
  await page.route('**/log-in/*', async (route) => {
    if (route.request().method() === 'GET') return route.continue();
    const { location } = (await route.fetch({ maxRedirects: 0 })).headers();
    const answer = await page.request.get(location, { maxRedirects: 0 });
    answers.push(answer.headers().location);
    return route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Nothing</title>' });
  });
  await page.goto(host.origin);
  await logIn(page, person);
  await expect.poll(() => answers.length).toBe(1);
  // An attacker's own login, ended in the browser of somebody else.
  const context = await browser.newContext();
  const victim = await context.newPage();
  const refused = await victim.goto(answers[0]);
  expect(refused.status()).toBe(400);
  await expect(victim.getByRole('heading')).toHaveText('This login is over');
  expect((await context.cookies()).map(({ name }) => name)).not.toContain('latchlet-session');
  await context.close();
  // It is used up, for its own browser as well.
  expect((await page.goto(answers[0])).status()).toBe(400);

  // The provider knows the browser by now.
  const answered = page.waitForRequest((request) => new URL(request.url()).pathname === '/login/callback');
  await page.goto(host.origin);
  await button(page).click();
  await loggedIn(new Box(page));
  expect((await page.goto((await answered).url())).status()).toBe(400);
  expect(latchlet.proxy.count('POST /oauth/token')).toBe(1);
});
