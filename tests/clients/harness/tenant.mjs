// Who answers: our server, with its own certificate, database and config, or
// with `--live` a tenant of Auth0's. The tests know no more than what is here.

import { randomUUID } from 'node:crypto';
import { Server } from '../../e2e/harness/server.mjs';
import { files } from './authority.mjs';
import { live, tenant } from './live.mjs';

export const password = 'correct Horse 7 battery staple';

/** What our server's config says, beside the applications. */
const connections = [
  { name: 'Username-Password-Authentication', passwordPolicy: 'good', password_complexity_options: { min_length: 8 } },
  { name: 'email', strategy: 'email' },
];

export class Tenant {
  static async start(site) {
    const it = new Tenant();
    if (live) {
      Object.assign(it, tenant());
    } else {
      it.connection = connections[0].name;
      it.spa = { id: 'spa' };
      it.web = { id: 'web', secret: 'a secret of an application on a server' };
      it.server = await Server.start({ tls: files(), change: (config) => Object.assign(config, settings(it, site)) });
      it.domain = new URL(it.server.origin).host;
    }
    it.origin = `https://${it.domain}`;
    it.issuer = `${it.origin}/`;
    it.management = `${it.origin}/api/v2/`;
    return it;
  }

  /** An address that nobody has had. */
  email() {
    return `${randomUUID()}@example.com`;
  }

  /** Makes an account, by a plain request. */
  async account(more = {}) {
    const email = this.email();
    const reply = await fetch(`${this.origin}/dbconnections/signup`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ client_id: this.spa.id, connection: this.connection, email, password, ...more }),
    });
    if (!reply.ok) throw new Error(`no account: ${reply.status} ${await reply.text()}`);
    return { email, password, id: `auth0|${(await reply.json())._id}` };
  }

  async close() {
    await this.server?.close();
  }
}

function settings({ spa, web }, site) {
  const callbacks = ['auth0-js', 'spa-js', 'oidc-client-ts', 'lock', 'callback'].map((name) => site.page(name));
  const both = { callbacks, web_origins: [site.origin], allowed_logout_urls: callbacks };
  return {
    clients: [
      { client_id: spa.id, ...both },
      {
        client_id: web.id,
        client_secret: web.secret,
        grant_types: [
          'authorization_code', 'refresh_token', 'client_credentials', 'password', 'http://auth0.com/oauth/grant-type/password-realm',
          'http://auth0.com/oauth/grant-type/passwordless/otp',
        ],
        grants: { '{public_url}/api/v2/': ['read:users', 'create:users', 'update:users', 'delete:users', 'read:users_app_metadata', 'update:users_app_metadata', 'read:clients'] },
        ...both,
      },
    ],
    connections,
    enable_public_signup_user_exists_error: true,
  };
}
