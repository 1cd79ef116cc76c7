// openid-client, a certified relying party, in Node; and what it refuses.

import * as oauth from 'oauth4webapi';
import * as client from 'openid-client';
import { signIn } from './harness/person.mjs';
import { contract, expect, test } from './harness/test.mjs';

const scope = 'openid profile email offline_access';

const relying = test.extend({
  config: async ({ tenant }, use) => {
    await use(await client.discovery(new URL(tenant.issuer), tenant.spa.id, undefined, client.None()));
  },
});

/** What the client asks for, and what it will check. */
async function begin(config, site, more = {}) {
  const checks = {
    pkceCodeVerifier: client.randomPKCECodeVerifier(), expectedState: client.randomState(), expectedNonce: client.randomNonce(), idTokenExpected: true,
  };
  const address = client.buildAuthorizationUrl(config, {
    redirect_uri: site.page('callback'), scope, state: checks.expectedState, nonce: checks.expectedNonce,
    code_challenge: await client.calculatePKCECodeChallenge(checks.pkceCodeVerifier), code_challenge_method: 'S256', ...more,
  });
  return { checks, address };
}

/** From an account to tokens. */
async function tokensOf(config, tenant, site, account) {
  const { checks, address } = await begin(config, site);
  return client.authorizationCodeGrant(config, await signIn(tenant, site, account, address), checks);
}

/** What the server said, as the client tells it. */
const told = ({ error, error_description: description, status }) => ({ error, description, status });

relying('discovery says what is served', async ({ config, tenant }) => {
  const server = config.serverMetadata();
  expect(server.issuer).toBe(tenant.issuer);
  for (const [name, path] of [
    ['authorization_endpoint', 'authorize'], ['token_endpoint', 'oauth/token'], ['userinfo_endpoint', 'userinfo'],
    ['jwks_uri', '.well-known/jwks.json'], ['revocation_endpoint', 'oauth/revoke'], ['end_session_endpoint', 'oidc/logout'],
  ]) {
    expect(server[name], name).toBe(`${tenant.issuer}${path}`);
  }
  expect(server.response_types_supported).toContain('code');
  expect(server.code_challenge_methods_supported).toContain('S256');
  expect(server.id_token_signing_alg_values_supported).toContain('RS256');
  expect(server.scopes_supported).toEqual(expect.arrayContaining(scope.split(' ')));
  expect(server.subject_types_supported).toEqual(['public']);
});

relying('a code, its tokens, who it is, and a refresh', async ({ config, tenant, site }) => {
  const account = await tenant.account({ given_name: 'Ada', user_metadata: { company: 'Acme' } });
  client.enableNonRepudiationChecks(config);
  const tokens = await tokensOf(config, tenant, site, account);
  expect(tokens.claims()).toMatchObject({ iss: tenant.issuer, aud: tenant.spa.id, sub: account.id, email: account.email, given_name: 'Ada' });
  expect(tokens.token_type).toBe('bearer');
  const info = await client.fetchUserInfo(config, tokens.access_token, account.id);
  expect(info).toMatchObject({ sub: account.id, email: account.email, email_verified: false, given_name: 'Ada' });
  expect(info).not.toHaveProperty('user_metadata');
  const fresh = await client.refreshTokenGrant(config, tokens.refresh_token);
  expect(fresh.claims()).toMatchObject({ sub: account.id, aud: tenant.spa.id });
  expect(fresh.refresh_token).not.toBe(tokens.refresh_token);
});

relying('a refresh token that was used ends the family', async ({ config, tenant, site }) => {
  const first = await tokensOf(config, tenant, site, await tenant.account());
  const second = await client.refreshTokenGrant(config, first.refresh_token);
  for (const { refresh_token: spent } of [first, second]) {
    const refused = await client.refreshTokenGrant(config, spent).catch((error) => error);
    contract('a refresh token that was used', told(refused), {
      error: 'invalid_grant', description: 'Unknown or invalid refresh token.', status: 403,
    }, { perTenant: 'rotation and overlap are settings of the application' });
  }
});

relying('a token that is given back ends the session', async ({ config, tenant, site }) => {
  const tokens = await tokensOf(config, tenant, site, await tenant.account());
  await client.tokenRevocation(config, tokens.refresh_token, { token_type_hint: 'refresh_token' });
  const refused = await client.refreshTokenGrant(config, tokens.refresh_token).catch((error) => error);
  contract('a refresh token that was given back', told(refused), { error: 'invalid_grant', status: 403 });
  // Whatever it says, a token that nobody knows is over.
  await client.tokenRevocation(config, 'nothing');
});

relying('a code is good once, with its verifier and its address', async ({ config, tenant, site }) => {
  const account = await tenant.account();
  const { checks, address } = await begin(config, site);
  const back = await signIn(tenant, site, account, address);
  await client.authorizationCodeGrant(config, back, checks);
  const again = await client.authorizationCodeGrant(config, back, checks).catch((error) => error);
  contract('a code that was used', told(again), { error: 'invalid_grant', description: 'Invalid authorization code', status: 403 });

  const other = await begin(config, site);
  const elsewhere = await signIn(tenant, site, account, other.address);
  const guessed = { ...other.checks, pkceCodeVerifier: client.randomPKCECodeVerifier() };
  const wrong = await client.authorizationCodeGrant(config, elsewhere, guessed).catch((error) => error);
  contract('a wrong verifier', told(wrong), { error: 'invalid_grant', description: 'Failed to verify code verifier', status: 403 });
});

relying('what the client checks itself it finds right or refuses', async ({ config, tenant, site }) => {
  const account = await tenant.account();
  const { checks, address } = await begin(config, site);
  const back = await signIn(tenant, site, account, address);
  // RFC 9207: an answer of another server.
  const mixed = new URL(back);
  mixed.searchParams.set('iss', 'https://elsewhere.example/');
  const refuses = (address, given, reason) => expect(client.authorizationCodeGrant(config, address, given))
    .rejects.toMatchObject({ cause: { message: expect.stringMatching(reason) } });
  await refuses(mixed, checks, /unexpected "iss"/);
  await refuses(back, { ...checks, expectedState: client.randomState() }, /unexpected "state"/);
  await refuses(back, { ...checks, expectedNonce: client.randomNonce() }, /"nonce"/);
});

relying('an answer with an error is one that the client understands', async ({ config, site }) => {
  const { checks, address } = await begin(config, site, { prompt: 'none' });
  const back = await fetch(address, { redirect: 'manual' });
  const refused = await client.authorizationCodeGrant(config, new URL(back.headers.get('location')), checks).catch((error) => error);
  expect({ error: refused.error, description: refused.error_description }).toEqual({ error: 'login_required', description: 'Login required' });
});

relying('an access token that is none gets a challenge', async ({ config, tenant }) => {
  const server = config.serverMetadata();
  const options = { [oauth.customFetch]: fetch };
  const reply = await oauth.userInfoRequest(server, { client_id: tenant.spa.id }, 'no token', options);
  const refused = await oauth.processUserInfoResponse(server, { client_id: tenant.spa.id }, oauth.skipSubjectCheck, reply).catch((error) => error);
  expect(refused.status).toBe(401);
  expect(refused.cause[0]).toMatchObject({ scheme: 'bearer', parameters: { error: 'invalid_token' } });
});

relying('a grant that nobody knows is refused', async ({ config }) => {
  const refused = await client.genericGrantRequest(config, 'urn:example:nothing', {}).catch((error) => error);
  expect(refused.error).toMatch(/^(unsupported_grant_type|unauthorized_client)$/);
});

relying('a token for the application itself, by its secret, in either way', async ({ tenant }) => {
  for (const way of [client.ClientSecretPost, client.ClientSecretBasic]) {
    const config = await client.discovery(new URL(tenant.issuer), tenant.web.id, undefined, way(tenant.web.secret));
    const asked = client.clientCredentialsGrant(config, { audience: tenant.management });
    // At a tenant an application has one way.
    if (!tenant.server && way === client.ClientSecretBasic) await asked.catch(() => {});
    else expect(await asked).toMatchObject({ token_type: 'bearer', access_token: expect.any(String), expires_in: expect.any(Number) });
  }
  const wrong = await client.discovery(new URL(tenant.issuer), tenant.web.id, undefined, client.ClientSecretPost('wrong'));
  const refused = await client.clientCredentialsGrant(wrong, { audience: tenant.management }).catch((error) => error);
  contract('a wrong secret', told(refused), { error: 'invalid_client', status: 401 }, { perTenant: 'access_denied at some tenants' });
});

relying('a logout by OpenID Connect ends at the application', async ({ config, tenant, site }) => {
  const { id_token: hint } = await tokensOf(config, tenant, site, await tenant.account());
  const address = client.buildEndSessionUrl(config, {
    id_token_hint: hint, post_logout_redirect_uri: site.page('callback'), state: 'the state & more',
  });
  expect(address.href).toContain(`${tenant.issuer}oidc/logout`);
  const back = await fetch(address, { redirect: 'manual' });
  expect(new URL(back.headers.get('location')).origin).toBe(site.origin);
  expect(new URL(back.headers.get('location')).searchParams.get('state')).toBe('the state & more');
});
