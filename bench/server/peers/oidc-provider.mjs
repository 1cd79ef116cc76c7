// npm's `oidc-provider` as a peer to measure beside: tokens as JSON Web Tokens
// signed with RS256, everything kept in memory.

import { generateKeyPairSync } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { packages } from './packages.mjs';

const { default: Provider } = await import(pathToFileURL(packages.resolve('oidc-provider')).href);
const [port] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const audience = `${issuer}/api/v2/`;
const [client_id, client_secret] = ['bench', 'what-only-the-bench-and-its-server-know'];
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

const provider = new Provider(issuer, {
  clients: [
    { client_id, client_secret, grant_types: ['client_credentials'], redirect_uris: [], response_types: [] },
  ],
  jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256' }] },
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'updated_at'] },
  findAccount: (_, sub) => ({
    accountId: sub,
    claims: () => ({ sub, email: `${sub}@example.com`, email_verified: true, name: sub, updated_at: 1 }),
  }),
  features: {
    clientCredentials: { enabled: true },
    devInteractions: { enabled: false },
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo: () => ({
        scope: 'read:users', accessTokenFormat: 'jwt', accessTokenTTL: 7200, jwt: { sign: { alg: 'RS256' } },
      }),
    },
  },
});

provider.listen(Number(port), '127.0.0.1', async () => {
  const client = await provider.Client.find(client_id);
  const grant = new provider.Grant({ accountId: 'ada', clientId: client_id });
  const scope = 'openid profile email';
  grant.addOIDCScope(scope);
  const token = new provider.AccessToken({
    accountId: 'ada', client, grantId: await grant.save(), gty: 'authorization_code', scope,
  });
  console.log(JSON.stringify({
    token: { url: `${issuer}/token`, form: { grant_type: 'client_credentials', client_id, client_secret, resource: audience, scope: 'read:users' } },
    userinfo: { url: `${issuer}/me`, bearer: await token.save() },
  }));
});
