// Accounts of the demo's connection, made without the box.

import { passwords } from './box.mjs';
import { expect, newEmail } from './test.mjs';

export const database = { name: 'Username-Password-Authentication', password_complexity_options: { min_length: 15 } };

/** Makes an account without the box. */
export async function account(latchlet, host, more = {}) {
  const email = newEmail();
  const reply = await fetch(`${latchlet.origin}/dbconnections/signup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: host.origin },
    body: JSON.stringify({ client_id: 'latchlet-demo', connection: database.name, email, password: passwords.good, ...more }),
  });
  expect(reply.status, await reply.text()).toBe(200);
  return email;
}

/** A login went all its way. */
export const loggedIn = (box) => expect(box.heading('You are logged in')).toBeVisible();
