// @auth0/auth0-auth-js in Node: the application is one on a server, with a
// secret.

import { AuthClient } from '@auth0/auth0-auth-js';
import { password } from './harness/tenant.mjs';
import { signIn } from './harness/person.mjs';
import { contract, expect, test } from './harness/test.mjs';

const scope = 'openid profile email offline_access';

const server = test.extend({
  client: async ({ tenant, site }, use) => {
    await use(new AuthClient({
      domain: tenant.domain, clientId: tenant.web.id, clientSecret: tenant.web.secret,
      authorizationParams: { redirect_uri: site.page('callback'), scope },
    }));
  },
});

/** From an account to tokens, by a code. */
async function tokensOf(client, tenant, site, account) {
  const { authorizationUrl, codeVerifier } = await client.buildAuthorizationUrl();
  return client.getTokenByCode(await signIn(tenant, site, account, authorizationUrl), { codeVerifier });
}

const told = ({ cause }) => ({ error: cause?.error, description: cause?.error_description });

server('a sign-up, with metadata', async ({ client, tenant }) => {
  const email = tenant.email();
  const user = await client.database.signUp({
    email, password, connection: tenant.connection, givenName: 'Ada', userMetadata: { company: 'Acme' },
  });
  expect(user).toMatchObject({ email, emailVerified: false });
  await expect(client.database.signUp({ email, password, connection: tenant.connection })).rejects.toMatchObject({ name: 'SignUpError' });
  await expect(client.database.signUp({ email: tenant.email(), password: 'abc', connection: tenant.connection })).rejects.toMatchObject({ name: 'SignUpError' });
});

server('a forgotten password', async ({ client, tenant }) => {
  const { email } = await tenant.account();
  const said = await client.database.changePassword({ email, connection: tenant.connection });
  contract('changePassword', said, "We've just sent you an email to reset your password.");
});

server('a code, its tokens, who it is, and a refresh', async ({ client, tenant, site }) => {
  const account = await tenant.account();
  const tokens = await tokensOf(client, tenant, site, account);
  expect(tokens.claims).toMatchObject({ iss: tenant.issuer, aud: tenant.web.id, sub: account.id, email: account.email });
  const info = await client.getUserInfo({ accessToken: tokens.accessToken, expectedSubject: account.id });
  expect(info).toMatchObject({ sub: account.id, email: account.email });
  const fresh = await client.getTokenByRefreshToken({ refreshToken: tokens.refreshToken });
  expect(fresh.refreshToken).not.toBe(tokens.refreshToken);
  expect(fresh.claims).toMatchObject({ sub: account.id });
});

server('a code that nobody gave', async ({ client, tenant, site }) => {
  const back = new URL(`${site.page('callback')}?${new URLSearchParams({ code: 'nothing', iss: tenant.issuer })}`);
  const refused = await client.getTokenByCode(back, { codeVerifier: 'x'.repeat(43) }).catch((error) => error);
  expect(refused.name).toBe('TokenByCodeError');
  contract('a code that nobody gave', told(refused), { error: 'invalid_grant', description: 'Invalid authorization code' });
});

server('a password, and a session that is given back', async ({ client, tenant }) => {
  const { email, id } = await tenant.account();
  const tokens = await client.getTokenByPassword({ username: email, password, realm: tenant.connection, scope });
  expect(tokens.claims).toMatchObject({ sub: id, email, aud: tenant.web.id });
  const refused = await client.getTokenByPassword({ username: email, password: 'wrong', realm: tenant.connection }).catch((error) => error);
  contract('a wrong password', told(refused), { error: 'invalid_grant', description: 'Wrong email or password.' });

  await client.revokeToken({ token: tokens.refreshToken, tokenTypeHint: 'refresh_token' });
  const over = await client.getTokenByRefreshToken({ refreshToken: tokens.refreshToken }).catch((error) => error);
  contract('a refresh token that was given back', told(over), { error: 'invalid_grant', description: 'Unknown or invalid refresh token.' });
});

server('a code by mail', async ({ client, tenant }) => {
  test.skip(!tenant.server, 'the mailbox is our server\'s');
  const email = tenant.email();
  await client.passwordless.sendEmail({ email, send: 'code' });
  const { code } = await tenant.server.letter(email);
  const { claims } = await client.getTokenByPasswordlessEmail({ email, code, scope });
  expect(claims).toMatchObject({ sub: expect.stringMatching(/^email\|/), email, email_verified: true });
});

server('a token for the application itself', async ({ client, tenant }) => {
  const { accessToken, scope: granted } = await client.getTokenByClientCredentials({ audience: tenant.management });
  const claims = JSON.parse(Buffer.from(accessToken.split('.')[1], 'base64url'));
  expect(claims).toMatchObject({ iss: tenant.issuer, sub: `${tenant.web.id}@clients`, aud: tenant.management, gty: 'client-credentials', azp: tenant.web.id });
  expect(granted ?? claims.scope).toContain('read:users');
  const refused = await client.getTokenByClientCredentials({ audience: 'https://elsewhere.example/' }).catch((error) => error);
  expect(refused.name).toBe('TokenByClientCredentialsError');
  expect(told(refused).error).toBe('access_denied');
});

server('a secret that is wrong', async ({ tenant }) => {
  const client = new AuthClient({ domain: tenant.domain, clientId: tenant.web.id, clientSecret: 'wrong' });
  const refused = await client.getTokenByClientCredentials({ audience: tenant.management }).catch((error) => error);
  contract('a secret that is wrong', told(refused), { error: 'invalid_client' }, { perTenant: 'access_denied at some tenants' });
});

server('a logout', async ({ client, tenant, site }) => {
  const url = await client.buildLogoutUrl({ returnTo: site.page('callback') });
  expect(url.origin).toBe(tenant.origin);
  const reply = await fetch(url, { redirect: 'manual' });
  expect(reply.headers.get('location')).toBe(site.page('callback'));
});
