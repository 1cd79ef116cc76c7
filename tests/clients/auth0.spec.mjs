// The package auth0 in Node: its client of the Management API, and that of the
// Authentication API, which the package keeps under `legacy`.

import { ManagementClient } from 'auth0';
import { AuthenticationClient, UserInfoClient } from 'auth0/legacy';
import { password } from './harness/tenant.mjs';
import { signIn } from './harness/person.mjs';
import { contract, expect, test } from './harness/test.mjs';

const server = test.extend({
  management: async ({ tenant }, use) => {
    await use(new ManagementClient({ domain: tenant.domain, clientId: tenant.web.id, clientSecret: tenant.web.secret, maxRetries: 0 }));
  },

  authentication: async ({ tenant }, use) => {
    await use(new AuthenticationClient({ domain: tenant.domain, clientId: tenant.web.id, clientSecret: tenant.web.secret }));
  },

  /** What the person of an access token is. */
  whose: async ({ tenant }, use) => {
    const client = new UserInfoClient({ domain: tenant.domain });
    await use(async (token) => (await client.getUserInfo(token)).data);
  },
});

/** Why a request was refused, as each of the clients tells it. */
const refusal = (request) => request.then(
  () => ({}),
  ({ statusCode: status, error, body, error_description: description }) => ({ status, error, code: body?.errorCode, description }),
);

server.describe('ManagementClient', () => {
  /** Somebody whom an application made. */
  const made = async (management, tenant, more = {}) => {
    const email = tenant.email();
    return management.users.create({ connection: tenant.connection, email, password, ...more });
  };

  server('a user is made, read, changed and deleted', async ({ management, tenant }) => {
    const user = await made(management, tenant, {
      given_name: 'Ada', email_verified: true, user_metadata: { company: 'Analytical <Engines>', size: 10 }, app_metadata: { plan: 'free' },
    });
    const { user_id: id, email } = user;
    contract('users.create', user, {
      user_id: expect.stringMatching(/^auth0\|\w+$/), email, email_verified: true, given_name: 'Ada', name: email, nickname: email.split('@')[0],
      identities: [{ connection: tenant.connection, provider: 'auth0', user_id: id.split('|')[1], isSocial: false }],
      user_metadata: { company: 'Analytical <Engines>', size: 10 }, app_metadata: { plan: 'free' },
      created_at: expect.stringMatching(/Z$/), updated_at: expect.stringMatching(/Z$/),
    });
    expect(await management.users.get(id)).toMatchObject({ user_id: id, email, user_metadata: { company: 'Analytical <Engines>' } });
    expect(await management.users.get(id, { fields: 'email,user_id', include_fields: true })).toEqual({ email, user_id: id });

    const changed = await management.users.update(id, {
      nickname: 'Countess', user_metadata: { company: null, team: { name: 'Looms' } }, app_metadata: { roles: ['editor'] },
    });
    contract('users.update', changed, { nickname: 'Countess', user_metadata: { size: 10, team: { name: 'Looms' } }, app_metadata: { plan: 'free', roles: ['editor'] } });
    expect(changed.user_metadata).not.toHaveProperty('company');
    const moved = tenant.email();
    expect(await management.users.update(id, { email: moved, email_verified: true })).toMatchObject({ email: moved, email_verified: true });

    await management.users.delete(id);
    contract('users.get of nobody', await refusal(management.users.get(id)), { status: 404, code: 'inexistent_user' });
    await management.users.delete(id);
  });

  server('a user is found', async ({ management, tenant }) => {
    const { user_id: id, email } = await made(management, tenant);
    expect(await management.users.listUsersByEmail({ email })).toMatchObject([{ user_id: id, email }]);
    const found = async () => {
      const page = await management.users.list({ q: `email:"${email}"`, search_engine: 'v3' });
      return page.data.map((user) => user.user_id);
    };
    // A tenant's index comes after the user.
    await expect.poll(found).toEqual([id]);
    const page = await management.users.list({ page: 0, per_page: 1, include_totals: true, sort: 'created_at:-1' });
    expect(page.response).toMatchObject({ start: 0, limit: 1, length: 1, total: expect.any(Number) });
    expect(page.data).toHaveLength(1);
    expect(await management.users.listUsersByEmail({ email: tenant.email() })).toEqual([]);
    await management.users.delete(id);
  });

  server('every page of a list', async ({ management, tenant }) => {
    test.skip(!tenant.server, 'a tenant may have many people');
    for (let count = 0; count < 3; count += 1) await made(management, tenant);
    const { total } = (await management.users.list({ per_page: 1, include_totals: true })).response;
    const seen = new Set();
    for await (const user of await management.users.list({ per_page: 2, sort: 'created_at:1' })) seen.add(user.user_id);
    expect(seen.size).toBe(total);
  });

  server('what is refused', async ({ management, tenant }) => {
    const { user_id: id, email } = await made(management, tenant);
    contract('the same address', await refusal(made(management, tenant, { email })), { status: 409, code: 'auth0_idp_error' });
    contract('a weak password', await refusal(made(management, tenant, { password: 'abc' })), { status: 400 });
    contract('no such connection', await refusal(made(management, tenant, { connection: 'nowhere' })), { status: 400, code: 'inexistent_connection' });
    contract('what nobody may write', await refusal(management.users.update(id, { logins_count: 7 })), { status: 400, code: 'invalid_body' });
    await management.users.delete(id);
    const wrong = new ManagementClient({ domain: tenant.domain, token: 'nonsense', maxRetries: 0 });
    contract('no token', await refusal(wrong.users.list()), { status: 401 });
  });

  server('who is blocked gets no further', async ({ management, authentication, tenant }) => {
    const { user_id: id, email } = await made(management, tenant);
    const login = () => authentication.oauth.passwordGrant({ username: email, password, realm: tenant.connection, scope: 'openid' });
    expect((await login()).data).toHaveProperty('id_token');
    expect(await management.users.update(id, { blocked: true })).toMatchObject({ blocked: true });
    contract('a blocked user', await refusal(login()), { error: 'unauthorized', description: 'user is blocked' });
    await management.users.update(id, { blocked: false });
    expect((await login()).data).toHaveProperty('id_token');
    await management.users.delete(id);
  });

  server('the applications, without their secrets', async ({ management, tenant }) => {
    const { data } = await management.clients.list({ fields: 'client_id,name,callbacks', include_fields: true });
    expect(data.map((client) => client.client_id)).toEqual(expect.arrayContaining([tenant.spa.id, tenant.web.id]));
    const client = await management.clients.get(tenant.spa.id);
    expect(client).toMatchObject({ client_id: tenant.spa.id, callbacks: expect.any(Array), grant_types: expect.arrayContaining(['authorization_code']) });
    expect(client).not.toHaveProperty('client_secret');
  });
});

server.describe('AuthenticationClient', () => {
  server('a sign-up, and a login by password', async ({ authentication, tenant, whose }) => {
    const email = tenant.email();
    const { data: user, status } = await authentication.database.signUp({
      connection: tenant.connection, email, password, given_name: 'Ada', user_metadata: { company: 'Acme' },
    });
    expect(status).toBe(200);
    expect(user).toMatchObject({ email, email_verified: false, given_name: 'Ada', user_metadata: { company: 'Acme' } });
    const { data: tokens } = await authentication.oauth.passwordGrant({
      username: email, password, realm: tenant.connection, scope: 'openid profile email offline_access', audience: tenant.management,
    });
    expect(tokens).toMatchObject({ token_type: 'Bearer', access_token: expect.any(String), refresh_token: expect.any(String), expires_in: expect.any(Number) });
    expect(await whose(tokens.access_token)).toMatchObject({ sub: expect.stringMatching(/^auth0\|/), email, given_name: 'Ada' });
    contract('a wrong password', await refusal(authentication.oauth.passwordGrant({ username: email, password: 'wrong', realm: tenant.connection })), {
      status: 403, error: 'invalid_grant', description: 'Wrong email or password.',
    });
    contract('a known address', await refusal(authentication.database.signUp({ connection: tenant.connection, email, password })), {
      status: 400, error: 'user_exists', description: 'The user already exists.',
    }, { perTenant: 'invalid_signup where the flag enable_public_signup_user_exists_error is off' });
  });

  server('a forgotten password', async ({ authentication, tenant }) => {
    const { email } = await tenant.account();
    const { data } = await authentication.database.changePassword({ connection: tenant.connection, email });
    contract('changePassword', data, "We've just sent you an email to reset your password.");
  });

  server('a code, a refresh, and the end of both', async ({ authentication, tenant, site, whose }) => {
    const account = await tenant.account();
    const address = `${tenant.origin}/authorize?${new URLSearchParams({
      client_id: tenant.web.id, response_type: 'code', redirect_uri: site.page('callback'), scope: 'openid email offline_access', nonce: 'of its own',
    })}`;
    const code = (await signIn(tenant, site, account, address)).searchParams.get('code');
    const redeemed = { code, redirect_uri: site.page('callback') };
    const { data: tokens } = await authentication.oauth.authorizationCodeGrant(redeemed, { idTokenValidateOptions: { nonce: 'of its own' } });
    expect(await whose(tokens.access_token)).toMatchObject({ sub: account.id, email: account.email });
    contract('a code that was used', await refusal(authentication.oauth.authorizationCodeGrant(redeemed)), {
      status: 403, error: 'invalid_grant', description: 'Invalid authorization code',
    });
  });

  server('a refresh token is given back', async ({ authentication, tenant }) => {
    const { email } = await tenant.account();
    const { data: tokens } = await authentication.oauth.passwordGrant({ username: email, password, realm: tenant.connection, scope: 'openid offline_access' });
    const { data: fresh } = await authentication.oauth.refreshTokenGrant({ refresh_token: tokens.refresh_token });
    expect(fresh).toMatchObject({ access_token: expect.any(String), id_token: expect.any(String) });
    await authentication.oauth.revokeRefreshToken({ token: fresh.refresh_token ?? tokens.refresh_token });
    contract('a refresh token that was given back', await refusal(authentication.oauth.refreshTokenGrant({ refresh_token: fresh.refresh_token })), {
      status: 403, error: 'invalid_grant', description: 'Unknown or invalid refresh token.',
    });
  });

  server('a token for the application itself', async ({ authentication, tenant }) => {
    const { data } = await authentication.oauth.clientCredentialsGrant({ audience: tenant.management });
    expect(data).toMatchObject({ token_type: 'Bearer', access_token: expect.any(String), expires_in: expect.any(Number) });
  });

  server('a code by mail', async ({ authentication, tenant, whose }) => {
    test.skip(!tenant.server, 'the mailbox is our server\'s');
    const email = tenant.email();
    expect((await authentication.passwordless.sendEmail({ email, send: 'code' })).status).toBe(200);
    const { code } = await tenant.server.letter(email);
    const { data: tokens } = await authentication.passwordless.loginWithEmail({ email, code, scope: 'openid email' });
    expect(await whose(tokens.access_token)).toMatchObject({ sub: expect.stringMatching(/^email\|/), email, email_verified: true });
    contract('a code that was used', await refusal(authentication.passwordless.loginWithEmail({ email, code })), {
      status: 403, error: 'invalid_grant', description: 'Wrong email or verification code.',
    });
  });
});
