// A provider of OpenID Connect that nobody here wrote: oidc-provider, with a
// login page of a few lines. To our server it is another provider, upstream; to
// the box it is the server that signs people in.

import { once } from 'node:events';
import http from 'node:http';
import { Provider } from 'oidc-provider';

/** What our server is called there. */
const latchlet = { client_id: 'latchlet', client_secret: 'a secret of /both: + %' };

export class OpenIdProvider {
  /** Who has an account, by the name that they log in with. */
  people = {};

  /** What each browser was sent here with. */
  asked = [];

  static async start() {
    const provider = new OpenIdProvider();
    provider.http = http.createServer((request, response) => {
      provider.#serve(request, response).catch((error) => response.writeHead(500).end(String(error)));
    });
    provider.http.listen(0, '127.0.0.1');
    await once(provider.http, 'listening');
    provider.origin = `http://127.0.0.1:${provider.http.address().port}`;
    return provider;
  }

  async close() {
    this.http.closeAllConnections();
    this.http.close();
    await once(this.http, 'close');
  }

  /** The connection to it, for the config of our server. */
  connection(options = {}) {
    return { name: 'corp', strategy: 'oidc', display_name: 'Example Corp', options: { issuer: this.origin, ...latchlet, ...options } };
  }

  /** Lets our server send people here. */
  admitServer(origin) {
    this.#provide({ clients: [{ ...latchlet, redirect_uris: [`${origin}/login/callback`] }] });
  }

  /**
   * Lets pages with a box send people here, which prove by PKCE alone that a
   * code is theirs. The paths are those of Auth0, where the box looks for them.
   */
  admitPages(...redirect_uris) {
    this.#provide({
      clients: [{ client_id: 'pages', redirect_uris, token_endpoint_auth_method: 'none' }],
      routes: { authorization: '/authorize', token: '/oauth/token', userinfo: '/userinfo', jwks: '/.well-known/jwks.json', end_session: '/oidc/logout' },
      clientBasedCORS: (_, origin) => redirect_uris.some((uri) => new URL(uri).origin === origin),
      pkce: { required: () => true },
      conformIdTokenClaims: false,
    });
  }

  #provide(settings) {
    const provider = new Provider(this.origin, {
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'given_name', 'family_name', 'picture', 'company'] },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_, { uid }) => `/log-in/${uid}` },
      cookies: { keys: ['only for tests'] },
      findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...this.people[id] }) }),
      // Whoever logs in agrees to everything.
      loadExistingGrant: async ({ oidc: { session, client, params } }) => {
        const grant = new provider.Grant({ accountId: session.accountId, clientId: client.clientId });
        grant.addOIDCScope(params.scope);
        await grant.save();
        return grant;
      },
      ...settings,
    });
    provider.on('server_error', (_, error) => { this.failed = error; });
    this.provider = provider;
    this.respond = provider.callback();
  }

  async #serve(request, response) {
    const url = new URL(request.url, this.origin);
    if (url.searchParams.has('response_type')) this.asked.push(Object.fromEntries(url.searchParams));
    if (!url.pathname.startsWith('/log-in/')) return this.respond(request, response);
    const { prompt } = await this.provider.interactionDetails(request, response);
    if (request.method === 'GET') return response.writeHead(200, { 'content-type': 'text/html' }).end(page(prompt.name));
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const form = new URLSearchParams(Buffer.concat(chunks).toString());
    const result = form.has('cancel')
      ? { error: 'access_denied', error_description: 'The person went away.' }
      : { login: { accountId: form.get('login') } };
    return this.provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  }
}

const page = (prompt) => `<!doctype html>
<html lang="en">
  <meta charset="utf-8" />
  <link rel="icon" href="data:," />
  <title>Example Corp</title>
  <h1>Example Corp: ${prompt}</h1>
  <form method="post">
    <label>Name <input name="login" /></label>
    <button>Go on</button>
    <button name="cancel">Cancel</button>
  </form>
</html>`;
