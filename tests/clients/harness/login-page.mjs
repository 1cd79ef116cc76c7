// The login page of who answers: the box on that of our server, which may stand in
// for a tenant, or the Universal Login.

import { Box } from '../../e2e/harness/box.mjs';

/** Logs in there by a password. */
export async function logInThere(page, { email, password }) {
  const box = new Box(page);
  const submit = page.locator('button[type="submit"][name="action"]:visible').first();
  await box.root.or(submit).first().waitFor();
  if (await box.root.isVisible()) {
    await box.signIn({ email, password });
    return;
  }
  await page.locator('input[name="username"], input[name="email"]').fill(email);
  const secret = page.locator('input[name="password"]');
  // Some tenants ask for the address first.
  if (!await secret.isVisible()) await submit.click();
  await secret.fill(password);
  await submit.click();
}
