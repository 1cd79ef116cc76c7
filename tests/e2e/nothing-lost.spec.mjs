// Nothing that was typed is lost, whatever happens in between; a reload is the
// business of drafts.

import { passwords } from './harness/box.mjs';
import { empty, fields, Form, storage, stored, typed } from './harness/kinds.mjs';
import { LockPage } from './harness/lock.mjs';
import { receipts, storedProfile } from './harness/profile.mjs';
import { expect, newEmail, test } from './harness/test.mjs';

test.use({ boxConfig: { additionalSignUpFields: fields } });

async function filled(page, host) {
  const box = new Form(page);
  const email = newEmail();
  await page.goto(host.origin);
  await box.email.fill(email);
  await box.password.fill(passwords.good);
  await box.fillKinds();
  return { box, email };
}

test('without a draft nothing at all is stored', async ({ page, latchlet, host }) => {
  const { box } = await filled(page, host);
  latchlet.proxy.spoil('/dbconnections/signup', { answer: { status: 500 } });
  await box.submit.click();
  await expect(box.alert).not.toBeEmpty();
  expect(await storage(page)).toBe(empty);
  await page.reload();
  await expect(box.at('motto')).toBeVisible();
  await box.expectNothing();
  expect(await storage(page)).toBe(empty);
});

for (const [what, fault, sentence] of [
  ['an error of the server', { answer: { status: 500 } }, /^Something went wrong on our side/],
  ['a refusal', { answer: { status: 400, body: '{"code":"invalid_signup"}' } }, /^We couldn’t create an account/],
  ['a time-out', { silence: true }, /^The server didn’t answer in time/],
  ['no network', 'offline', /^We can’t reach the server/],
]) {
  test(`nothing is lost by ${what}`, async ({ page, context, latchlet, host, watched }) => {
    watched.allow(/net::ERR_/);
    const { box, email } = await filled(page, host);
    if (fault === 'offline') await context.setOffline(true);
    else latchlet.proxy.spoil('/dbconnections/signup', fault);
    await box.submit.click();
    await expect(box.alert).toHaveText(sentence, { timeout: 20_000 });
    await expect(box.email).toHaveValue(email);
    await expect(box.password).toHaveValue(passwords.good);
    await box.expectKinds();
    await context.setOffline(false);
    await box.submit.click();
    expect((await storedProfile(page, latchlet)).user_metadata).toEqual({ ...stored, latchlet: receipts({ privacy: '3' }) });
  });
}

test('another language, and another box of the same handle, take over all but secrets', async ({ page, latchlet, host }) => {
  const { box, email } = await filled(page, host);
  const update = (more) => page.evaluate((given) => {
    const { handle, options: first } = globalThis.latchletTest;
    handle.update({ ...first, ...given });
  }, more);
  await update({ language: 'de' });
  await expect(box.root.getByLabel('Wahlspruch')).toHaveValue(typed.motto);
  await box.expectKinds();
  await expect(box.password).toHaveValue('');
  await update({ initialScreen: 'login' });
  await expect(box.email).toHaveValue(email);
  await update({});
  await box.expectKinds();
  await box.password.fill(passwords.good);
  await box.submit.click();
  expect((await storedProfile(page, latchlet)).user_metadata).toEqual({ ...stored, latchlet: receipts({ privacy: '3' }) });
});

test('a modal that is closed and opened takes over all but secrets', async ({ page, latchlet, host }) => {
  expect(host.options.domain).toBe(latchlet.origin);
  const lock = new LockPage(page, host);
  await lock.open();
  await lock.opener.click();
  await lock.begin();
  const box = new Form(page, lock.box.root);
  await box.password.fill(passwords.good);
  await box.fillKinds();
  await lock.close.click();
  await expect(lock.dialog).toBeHidden();
  await lock.opener.click();
  await box.expectKinds();
  await expect(box.password).toHaveValue('');
});
