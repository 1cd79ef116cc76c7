// Somebody who signs up and logs in without a browser, as an application of
// the server's would do it for them.

import { createHash, randomBytes } from 'node:crypto';
import { passwords } from './box.mjs';
import { expect, newEmail } from './test.mjs';

const realm = 'Username-Password-Authentication';

export class Person {
  /** Signs somebody up with the answers that the demo's form wants. */
  static async signUp(latchlet, host, metadata = {}) {
    const person = new Person();
    Object.assign(person, { latchlet, host, email: newEmail() });
    const reply = await person.#post('/dbconnections/signup', {
      client_id: 'latchlet-demo', connection: realm, email: person.email, password: passwords.good, name: 'Ada Lovelace',
      user_metadata: { team_size: '1', newsletter: 'false', source: 'demo', ...metadata },
    });
    expect(reply.status, await reply.clone().text()).toBe(200);
    return person;
  }

  /** A new login: another session, another `auth_time`. */
  async logIn() {
    const signedIn = await this.#post('/co/authenticate', {
      client_id: 'latchlet-demo', credential_type: 'http://auth0.com/oauth/grant-type/password-realm',
      realm, username: this.email, password: passwords.good,
    });
    const { login_ticket: ticket } = await signedIn.json();
    const cookie = signedIn.headers.getSetCookie().map((one) => one.split(';')[0]).join('; ');
    const verifier = randomBytes(32).toString('base64url');
    const callback = `${this.host.origin}/`;
    const query = new URLSearchParams({
      client_id: 'latchlet-demo', response_type: 'code', redirect_uri: callback, realm, login_ticket: ticket,
      scope: 'openid profile email read:current_user update:current_user_metadata', state: 'state', nonce: 'nonce',
      audience: `${this.latchlet.origin}/api/v2/`, code_challenge_method: 'S256',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    });
    const authorized = await fetch(`${this.latchlet.origin}/authorize?${query}`, { redirect: 'manual', headers: { cookie } });
    const code = new URL(authorized.headers.get('location')).searchParams.get('code');
    const tokens = await this.#post('/oauth/token', {
      grant_type: 'authorization_code', client_id: 'latchlet-demo', code, redirect_uri: callback, code_verifier: verifier,
    });
    expect(tokens.status, await tokens.clone().text()).toBe(200);
    const { access_token: token, id_token: idToken } = await tokens.json();
    this.token = token;
    this.claims = JSON.parse(Buffer.from(idToken.split('.')[1], 'base64url').toString());
    this.path = `/api/v2/users/${encodeURIComponent(this.claims.sub)}`;
    return this;
  }

  /** What the server has of them. */
  async profile() {
    const reply = await fetch(this.latchlet.server.origin + this.path, { headers: { authorization: `Bearer ${this.token}` } });
    expect(reply.status).toBe(200);
    return reply.json();
  }

  async metadata() {
    return (await this.profile()).user_metadata;
  }

  /** What is stored of a question: how often it was asked, what came of it. */
  async asked(name) {
    const entry = (await this.metadata()).latchlet?.f?.[name];
    return entry && { asked: entry[0], login: entry[2], came: entry[3] };
  }

  /**
   * Opens the host's page, whose box asks what is missing. The token is in the
   * page's fragment, where a page of its own has it from its own login.
   */
  async visit(page, { change = (options) => { options.accessToken = () => location.hash.slice(1); } } = {}) {
    this.host.change = change;
    Object.assign(this.host.options, { mode: 'profile', idTokenPayload: this.claims });
    await page.goto('about:blank');
    await page.goto(`${this.host.origin}/#${this.token}`);
    await expect.poll(() => page.evaluate(() => globalThis.latchletTest?.handle !== undefined)).toBe(true);
  }

  async #post(path, body) {
    return fetch(this.latchlet.origin + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: this.host.origin },
      body: JSON.stringify(body),
    });
  }
}
