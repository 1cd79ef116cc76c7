// A person who signs in with their password, without a browser: for clients
// that run on a server and send a browser away and take it back.

/**
 * Opens the address that a client sends a browser to, and returns the one that
 * the browser comes back with.
 */
export async function signIn(tenant, site, { email, password }, address) {
  const url = new URL(address);
  const reply = await fetch(`${tenant.origin}/co/authenticate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: site.origin },
    body: JSON.stringify({
      client_id: url.searchParams.get('client_id'), username: email, password, realm: tenant.connection,
      credential_type: 'http://auth0.com/oauth/grant-type/password-realm',
    }),
  });
  if (!reply.ok) throw new Error(`no login: ${reply.status} ${await reply.text()}`);
  const cookies = reply.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
  url.searchParams.set('login_ticket', (await reply.json()).login_ticket);
  const back = await fetch(url, { redirect: 'manual', headers: { cookie: cookies.join('; ') } });
  if (!back.headers.has('location')) throw new Error(`no way back: ${back.status} ${await back.text()}`);
  return new URL(back.headers.get('location'), tenant.origin);
}
