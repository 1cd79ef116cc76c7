// The login page of who answers: the box on ours, or the Universal Login of a
// tenant.

import { Box } from '../../e2e/harness/box.mjs';

/** Logs in there by a password. */
export async function logInThere(page, tenant, { email, password }) {
  if (tenant.server) {
    await new Box(page).signIn({ email, password });
    return;
  }
  await page.locator('input[name="username"], input[name="email"]').fill(email);
  const secret = page.locator('input[name="password"]');
  const submit = page.locator('button[type="submit"][name="action"]:visible').first();
  // Some tenants ask for the address first.
  if (!await secret.isVisible()) await submit.click();
  await secret.fill(password);
  await submit.click();
}
