// The pages that the server shows itself, and what passes between them, the
// mailbox and an application on another origin.

import { once } from 'node:events';
import http from 'node:http';
import { expectAccessible } from './harness/axe.mjs';
import { Server } from './harness/server.mjs';
import { expect, newEmail, picture, test as base } from './harness/test.mjs';

const connection = 'Username-Password-Authentication';
const clientId = 'latchlet-demo';
const first = 'the first long pass phrase';
const second = 'quite another long one, 日本';
/** The pair of RFC 7636, Appendix B. */
const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

const test = base.extend({
  /** An application of its own: one empty page, which may frame the server. */
  app: async ({}, use) => {
    const app = { frames: '' };
    const server = http.createServer((request, response) => {
      response.writeHead(200, {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': `default-src 'none'; connect-src ${app.frames}; frame-src ${app.frames}`,
      }).end('<!doctype html><html lang="en"><title>An application</title><h1>An application</h1>');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    app.origin = `http://127.0.0.1:${server.address().port}`;
    await use(app);
    server.closeAllConnections();
    server.close();
  },

  server: async ({ app }, use) => {
    const server = await Server.start({
      change: (config) => {
        Object.assign(config.clients[0], {
          callbacks: [`${app.origin}/callback`],
          web_origins: [app.origin],
          allowed_logout_urls: [`${app.origin}/bye`],
        });
        config.connections = [{ name: connection }, { name: 'email', strategy: 'email' }];
      },
    });
    app.frames = server.origin;
    await use(server);
    await server.close();
  },

  /** Sends JSON as the application's page does. */
  api: async ({ app, server }, use) => {
    await use(async (path, body) => {
      const reply = await fetch(server.origin + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: app.origin },
        body: JSON.stringify({ client_id: clientId, ...body }),
      });
      expect(reply.status, path).toBe(200);
      return reply;
    });
  },

  /** Somebody who forgot their password, and the link that they got. */
  forgetful: async ({ api, server }, use) => {
    const email = newEmail('o\'neil&co');
    await api('/dbconnections/signup', { connection, email, password: first });
    await api('/dbconnections/change_password', { connection, email });
    const { link } = await server.letter(email);
    await use({ email, link });
  },
});

function authorize(server, app, parameters) {
  const query = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    redirect_uri: `${app.origin}/callback`,
    scope: 'openid email',
    state: 'the state',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...parameters,
  });
  return `${server.origin}/authorize?${query}`;
}

/** Signs in from the application's page, and lands on its callback. */
async function signIn(page, server, app, email, password) {
  await page.goto(app.origin);
  const ticket = await page.evaluate(async ([url, body]) => {
    const reply = await fetch(url, {
      method: 'POST',
      credentials: 'include',
      headers: { 'content-type': 'application/json' },
      body,
    });
    return (await reply.json()).login_ticket;
  }, [`${server.origin}/co/authenticate`, JSON.stringify({
    client_id: clientId,
    username: email,
    password,
    realm: connection,
    credential_type: 'http://auth0.com/oauth/grant-type/password-realm',
  })]);
  await page.goto(authorize(server, app, { login_ticket: ticket }));
  await expect(page).toHaveURL(/\/callback\?code=/);
}

/** What a frame of the application's page hears from the server. */
function silently(page, url) {
  return page.evaluate((src) => new Promise((resolve, reject) => {
    const frame = document.createElement('iframe');
    frame.hidden = true;
    frame.src = src;
    addEventListener('message', ({ data, origin, source }) => {
      if (source === frame.contentWindow) resolve({ data, origin });
    });
    setTimeout(() => reject(new Error('the frame said nothing')), 8_000);
    document.body.append(frame);
  }), url);
}

for (const colorScheme of ['light', 'dark']) {
  test(`the form for a new password is accessible in the ${colorScheme}`, async ({ page, forgetful }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto(forgetful.link);
    await expect(page.getByRole('heading')).toHaveText('Choose a new password');
    await expectAccessible(page);
    await picture(page, `reset-${colorScheme}`);
    await page.getByLabel('New password', { exact: true }).fill('short');
    await page.getByLabel('New password again').fill('short');
    await page.getByRole('button').click();
    await expect(page.getByText('meets every requirement')).toBeVisible();
    await expectAccessible(page);
    await picture(page, `reset-refused-${colorScheme}`);
  });
}

test('the form fits a narrow screen', async ({ page, forgetful }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto(forgetful.link);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(320);
  await picture(page, 'reset-320');
});

test('a password is replaced by keyboard alone', async ({ page, forgetful, server, app }) => {
  await page.goto(forgetful.link);
  await expect(page.getByLabel('Account')).toHaveValue(forgetful.email);
  await page.getByLabel('New password', { exact: true }).focus();
  await page.keyboard.type('short');
  await page.keyboard.press('Enter');
  // The browser itself asks for the second one.
  await page.getByLabel('New password again').focus();
  await page.keyboard.type('short');
  await page.keyboard.press('Enter');
  const password = page.getByLabel('New password', { exact: true });
  await expect(password).toBeFocused();
  await expect(password).toHaveAccessibleDescription(/Enter a password that meets every requirement/);
  await expect(page).toHaveTitle(/^Error: /);
  await page.keyboard.insertText(second);
  await page.keyboard.press('Tab');
  await page.keyboard.insertText(second);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading')).toHaveText('Your password is changed');
  await expectAccessible(page);
  await signIn(page, server, app, forgetful.email, second);
  await page.goto(forgetful.link);
  await expect(page.getByRole('heading')).toHaveText('This link does not work any more');
  await expectAccessible(page);
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('a password is replaced', async ({ page, forgetful }) => {
    await page.goto(forgetful.link);
    await page.getByLabel('New password', { exact: true }).fill(second);
    await page.getByLabel('New password again').fill(second);
    await page.getByRole('button').click();
    await expect(page.getByRole('heading')).toHaveText('Your password is changed');
  });
});

test('a link in a mail ends the login', async ({ page, api, server, app }) => {
  const email = newEmail();
  await api('/passwordless/start', {
    connection: 'email',
    email,
    send: 'link',
    authParams: {
      response_type: 'code',
      redirect_uri: `${app.origin}/callback`,
      scope: 'openid email',
      state: 'the state',
      code_challenge: challenge,
      code_challenge_method: 'S256',
    },
  });
  await page.goto((await server.letter(email)).link);
  await expect(page.getByText(`You log in as ${email}.`)).toBeVisible();
  await expectAccessible(page);
  await picture(page, 'magic-link');
  await page.getByRole('button', { name: 'Log in' }).click();
  await expect(page).toHaveURL(/\/callback\?code=.*state=the\+state/);
  const code = new URL(page.url()).searchParams.get('code');
  await api('/oauth/token', {
    grant_type: 'authorization_code',
    code,
    redirect_uri: `${app.origin}/callback`,
    code_verifier: verifier,
  });
});

test('a page asks in a frame who is signed in, until they sign out', async ({ page, api, server, app }) => {
  const email = newEmail();
  await api('/dbconnections/signup', { connection, email, password: first });
  const question = authorize(server, app, {
    prompt: 'none',
    response_mode: 'web_message',
    redirect_uri: app.origin,
  });
  await page.goto(app.origin);
  const nobody = await silently(page, question);
  expect(nobody.data.response.error).toBe('login_required');
  await signIn(page, server, app, email, first);
  const { data, origin } = await silently(page, question);
  expect(origin).toBe(server.origin);
  expect(data).toMatchObject({ type: 'authorization_response', response: { state: 'the state' } });
  await api('/oauth/token', {
    grant_type: 'authorization_code',
    code: data.response.code,
    redirect_uri: app.origin,
    code_verifier: verifier,
  });
  await page.goto(`${server.origin}/v2/logout?client_id=${clientId}&returnTo=${app.origin}/bye`);
  await expect(page).toHaveURL(`${app.origin}/bye`);
  const gone = await silently(page, question);
  expect(gone.data.response.error).toBe('login_required');
});

test('an answer is posted to the application', async ({ page, api, server, app }) => {
  const email = newEmail();
  await api('/dbconnections/signup', { connection, email, password: first });
  await signIn(page, server, app, email, first);
  const posted = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/callback'));
  await page.goto(authorize(server, app, { response_mode: 'form_post' })).catch(() => {});
  expect((await posted).postData()).toMatch(/^code=.*&state=the\+state&iss=/);
});

test('the mailbox is a page for people', async ({ page, forgetful, server }) => {
  await page.goto(`${server.origin}/dev/mailbox`);
  await expect(page.getByRole('article')).toContainText(forgetful.email);
  await expect(page.getByRole('link', { name: 'Open the link' })).toHaveAttribute('href', forgetful.link);
  await expectAccessible(page);
  await picture(page, 'mailbox');
});
