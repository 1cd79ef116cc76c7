// An Auth0 tenant, as far as its redirects go: it runs a post-login Action in
// the middle of a login, and signs and verifies with a library that the auth
// server does not have. Beside it an application, which people end at.

import { once } from 'node:events';
import fs from 'node:fs/promises';
import http from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { SignJWT, jwtVerify } from 'jose';
import { root } from './environment.mjs';

/** The Action that the docs show. */
export const actionFile = path.join(root, 'examples/continue/action.js');
const { onExecutePostLogin, onContinuePostLogin } = createRequire(import.meta.url)(actionFile);

const secret = 'what the tenant and the auth server both know';
const key = new TextEncoder().encode(secret);
/** Stands for a token until it is signed: Actions do not wait for one. */
const unsigned = 'to be signed';

async function listen(handler) {
  const server = http.createServer((request, response) => {
    handler(request, response).catch((error) => {
      response.writeHead(500, { 'content-type': 'text/plain' }).end(error.stack);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

export class Tenant {
  /** Somebody who has an account at the tenant. */
  user = {
    user_id: 'auth0|ada',
    email: 'ada@example.com',
    name: 'ada@example.com',
    nickname: 'ada',
    created_at: '2026-01-05T08:00:00.000Z',
    user_metadata: {},
  };
  logins = 0;
  /** What was wrong with the requests of the auth server's page. */
  refused = [];

  static async start() {
    const tenant = new Tenant();
    tenant.app = await listen(async (request, response) => {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      response.end('<!doctype html><html lang="en"><title>Welcome</title><h1>Welcome</h1>');
    });
    tenant.server = await listen((request, response) => tenant.answer(request, response));
    tenant.domain = `127.0.0.1:${tenant.server.address().port}`;
    tenant.origin = `http://${tenant.domain}`;
    tenant.appOrigin = `http://127.0.0.1:${tenant.app.address().port}`;
    return tenant;
  }

  /** What the auth server's config says of this tenant. */
  config(connection) {
    return { domain: this.domain, secret, connection, applications: [this.appOrigin] };
  }

  async answer(request, response) {
    const url = new URL(request.url, this.origin);
    if (url.pathname === '/authorize') {
      this.logins += 1;
      this.state = crypto.randomUUID();
      return this.go(response, await this.execute());
    }
    if (url.pathname === '/continue' && request.method === 'POST') {
      let body = '';
      for await (const piece of request) body += piece;
      const token = new URLSearchParams(body).get('session_token');
      try {
        await this.proceed(token, url.searchParams.get('state'));
      } catch (error) {
        this.refused.push(String(error));
        response.writeHead(400, { 'content-type': 'text/plain' }).end('invalid_request');
        return undefined;
      }
      return this.go(response, `${this.appOrigin}/callback?code=x`);
    }
    response.writeHead(404, { 'content-type': 'text/plain' }).end('nothing');
    return undefined;
  }

  go(response, location) {
    response.writeHead(302, { location }).end();
  }

  event() {
    return {
      user: structuredClone(this.user),
      stats: { logins_count: this.logins },
      connection: { name: 'Username-Password-Authentication' },
      transaction: { locale: 'en' },
      secrets: { LATCHLET_SECRET: secret, LATCHLET_URL: this.latchlet },
    };
  }

  /** The login up to the Action's redirect. */
  async execute() {
    let sent;
    let encoded;
    await onExecutePostLogin(this.event(), {
      redirect: {
        canRedirect: () => true,
        encodeToken: (options) => {
          encoded = options;
          return unsigned;
        },
        sendUserTo: (url, { query }) => { sent = { url, query }; },
      },
    });
    const token = await new SignJWT({ ...encoded.payload, ip: '127.0.0.1' })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setSubject(this.user.user_id)
      .setIssuer(this.domain)
      .setIssuedAt()
      .setExpirationTime(`${encoded.expiresInSeconds}s`)
      .sign(new TextEncoder().encode(encoded.secret));
    const url = new URL(sent.url);
    for (const [name, value] of Object.entries(sent.query)) {
      url.searchParams.set(name, value === unsigned ? token : value);
    }
    url.searchParams.set('state', this.state);
    return url.href;
  }

  /** The rest of the login, with what the auth server's page has sent. */
  async proceed(token, state) {
    if (state !== this.state) throw new Error('an unknown state');
    const { payload } = await jwtVerify(token, key, { algorithms: ['HS256'], subject: this.user.user_id });
    if (payload.state !== state) throw new Error('the state of another login');
    await onContinuePostLogin(this.event(), {
      redirect: { validateToken: () => payload },
      access: { deny: (reason) => { throw new Error(reason); } },
      user: {
        setUserMetadata: (name, value) => {
          if (value === null) delete this.user.user_metadata[name];
          else this.user.user_metadata[name] = value;
        },
      },
    });
    this.state = undefined;
  }

  close() {
    for (const server of [this.server, this.app]) {
      server.closeAllConnections();
      server.close();
    }
  }
}

/** The Action as the docs show it, and as it runs here. */
export async function actionTexts() {
  const docs = await fs.readFile(path.join(root, 'docs/AUTH0.md'), 'utf8');
  const file = await fs.readFile(actionFile, 'utf8');
  return { shown: /```js\n(?<code>[\s\S]*?)```/.exec(docs).groups.code, file };
}
