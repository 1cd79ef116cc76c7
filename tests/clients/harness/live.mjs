// A tenant of Auth0's instead of our server. docs/AUTH0.md says how it is set up.

/** Whether the tests ask a tenant. */
export const live = process.env.LATCHLET_TEST_LIVE === '1';

const { env } = process;

/** What the tests know of the tenant, by environment. */
export const tenant = () => ({
  domain: env.AUTH0_DOMAIN,
  connection: env.AUTH0_CONNECTION ?? 'Username-Password-Authentication',
  spa: { id: env.AUTH0_SPA_CLIENT_ID },
  web: { id: env.AUTH0_CLIENT_ID, secret: env.AUTH0_CLIENT_SECRET },
  /** Where the tests serve the application: the tenant's settings name it. */
  app: new URL(env.AUTH0_APP_ORIGIN ?? 'https://127.0.0.1:3443'),
});
