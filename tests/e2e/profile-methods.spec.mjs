// What a page does with the questions: consents, reports, reasons, what waits
// without a network, and the class with Lock's methods.

import { expectAccessible } from './harness/axe.mjs';
import { Box } from './harness/box.mjs';
import { LockPage } from './harness/lock.mjs';
import { Person } from './harness/person.mjs';
import { Prompt, questions } from './harness/prompt.mjs';
import { expect, newEmail, picture, test } from './harness/test.mjs';

const { fields } = questions;
const letters = {
  name: 'letters', type: 'consent', label: 'Send me a letter about new features', version: '2026-11', document: '/letters', required: false,
  ask: { onDemand: true },
};

/** Calls a method of the box, and keeps what comes of it for later. */
const call = (page, method, ...args) => page.evaluate(([name, list]) => {
  globalThis.latchletTest.came = undefined;
  globalThis.latchletTest.handle[name](...list).then((came) => { globalThis.latchletTest.came = came ?? null; });
}, [method, args]);
const came = (page) => expect.poll(() => page.evaluate(() => globalThis.latchletTest.came));

test.describe('consents', () => {
  test.use({ boxConfig: { progressiveProfile: { ...questions, fields: [letters] } } });

  test('are given and withdrawn in as many steps', async ({ page, host, latchlet }) => {
    const prompt = new Prompt(page);
    const box = prompt.root.getByRole('checkbox', { name: letters.label });
    const person = await (await Person.signUp(latchlet, host)).logIn();
    await person.visit(page);
    await expect(prompt.title, 'it waits for the page').toHaveCount(0);

    await call(page, 'consents');
    await expect(prompt.root.getByRole('heading', { name: 'Your choices' })).toBeFocused();
    await expect(box).not.toBeChecked();
    await prompt.button('Close').click();
    await came(page).toEqual({ values: {}, answered: [], skipped: true });
    expect((await person.metadata()).latchlet, 'looking says nothing').toBeUndefined();

    await call(page, 'consents');
    await picture(page, 'profile-consents');
    await expectAccessible(page);
    await box.check();
    await prompt.save.click();
    await came(page).toEqual({ values: { letters: '2026-11' }, answered: ['letters'], skipped: false });
    const given = await person.metadata();
    expect(given.letters).toBe('2026-11');
    const [version, granted, , locale, method, hash] = given.latchlet.c.letters;
    expect([version, granted, locale, method]).toEqual(['2026-11', true, 'en', 'profile']);
    // SHA-256 of the words that were shown, one a line.
    const text = [letters.label, '', '', letters.document, letters.version].join('\n');
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
    expect(hash).toBe(Buffer.from(digest).toString('base64url'));

    await call(page, 'consents');
    await expect(box).toBeChecked();
    await box.uncheck();
    await prompt.save.click();
    await came(page).toEqual({ values: { letters: null }, answered: [], skipped: false });
    const withdrawn = await person.metadata();
    expect(withdrawn).not.toHaveProperty('letters');
    expect(withdrawn.latchlet.c.letters[1]).toBe(false);
  });
});

test.describe('a question that waits for a report', () => {
  const waiting = { ...fields[0], ask: { event: 'exported' } };
  test.use({ boxConfig: { progressiveProfile: { ...questions, fields: [waiting, { ...fields[1], ask: { fromLogin: 3 } }] } } });

  test('comes with it, and everything else says why not', async ({ page, host, latchlet }) => {
    const prompt = new Prompt(page);
    const person = await (await Person.signUp(latchlet, host)).logIn();
    await person.visit(page);
    const plan = await page.evaluate(() => globalThis.latchletTest.handle.explain());
    expect(plan.reasons).toEqual({
      company_name: { code: 'waits_for_event', event: 'exported' }, job_title: { code: 'waits_for_login', login: 3 },
    });
    expect({ login: plan.login, ...plan.store }).toMatchObject({ login: 1, merges: true, idempotent: true, countsLogins: true });
    await call(page, 'report', 'exported');
    await expect(prompt.company).toBeVisible();
    await prompt.company.fill('Example Ltd');
    await prompt.save.click();
    await prompt.isOver();
    const metadata = await person.metadata();
    expect(metadata).toMatchObject({ company_name: 'Example Ltd' });
    expect(Object.keys(metadata.latchlet.e)).toEqual(['exported']);
  });
});

test.describe('answers without a network', () => {
  test.use({ boxConfig: { progressiveProfile: { ...questions, queue: true } } });

  /** Everything that IndexedDB has, as text, and whether its key can be read. */
  const kept = (page) => page.evaluate(async () => {
    const open = indexedDB.open('latchlet', 1);
    await new Promise((done) => { open.onsuccess = done; });
    const all = open.result.transaction('waiting').objectStore('waiting').getAll();
    await new Promise((done) => { all.onsuccess = done; });
    const keys = all.result.filter((one) => one instanceof CryptoKey);
    const bytes = all.result.filter((one) => !(one instanceof CryptoKey)).map((one) => new TextDecoder('latin1').decode(one[2]));
    open.result.close();
    return { extractable: keys.map((key) => key.extractable), text: bytes.join(), entries: bytes.length };
  });

  test('wait encrypted, are sent at the next login of the same person, and are gone then', async ({ page, context, host, latchlet }) => {
    const prompt = new Prompt(page);
    const person = await (await Person.signUp(latchlet, host)).logIn();
    await person.visit(page);
    await prompt.opens();
    await expect.poll(() => person.asked('company_name')).toMatchObject({ came: 'o' });
    await context.setOffline(true);
    await prompt.company.fill('canary-company');
    await prompt.save.click();
    await prompt.isOver();
    await expect(prompt.status).toHaveText(/Your answers are kept/);
    const waiting = await kept(page);
    expect(waiting).toMatchObject({ extractable: [false], entries: 1 });
    expect(waiting.text).not.toContain('canary-company');
    await context.setOffline(false);

    // Somebody else at the same browser does not get them.
    const other = await (await Person.signUp(latchlet, host)).logIn();
    await other.visit(page);
    await prompt.opens();
    expect(await other.metadata()).not.toHaveProperty('company_name');
    expect((await kept(page)).entries).toBe(1);

    await person.logIn();
    await person.visit(page);
    await expect.poll(() => person.metadata()).toMatchObject({ company_name: 'canary-company' });
    await expect.poll(async () => (await kept(page)).entries).toBe(0);
  });

  test('are forgotten by the logout', async ({ page, context, host, latchlet }) => {
    const prompt = new Prompt(page);
    const person = await (await Person.signUp(latchlet, host)).logIn();
    await person.visit(page);
    await prompt.opens();
    await expect.poll(() => person.asked('company_name')).toMatchObject({ came: 'o' });
    await context.setOffline(true);
    await prompt.company.fill('Example Ltd');
    await prompt.save.click();
    await prompt.isOver();
    expect((await kept(page)).entries).toBe(1);
    await page.evaluate(() => globalThis.latchletTest.handle.logoutUrl({}));
    await expect.poll(async () => (await kept(page)).entries).toBe(0);
    await context.setOffline(false);
  });
});

test.describe('the class with Lock’s methods', () => {
  test.use({ boxConfig: { progressiveProfile: { ...questions, fields: [{ ...fields[0], ask: { fromLogin: 2 } }] } } });

  test('shows the questions in its modal, and closes it after them', async ({ page, host, latchlet }) => {
    const lock = new LockPage(page, host);
    const [box, prompt, email] = [new Box(page), new Prompt(page), newEmail()];
    Object.assign(host.options, { autoclose: true });
    await lock.open();
    await lock.opener.click();
    await lock.begin();
    await box.fill({ email });
    await box.submit.click();
    await lock.hears('authenticated');
    await lock.open();
    await lock.opener.click();
    await lock.begin();
    await box.root.getByRole('button', { name: 'Log in' }).click();
    await box.signIn({ email });
    await lock.hears('authenticated');
    await expect(lock.dialog).toBeVisible();
    await lock.hears('profileshown');
    await picture(page, 'profile-lock', { fullPage: false });
    await prompt.company.fill('Example Ltd');
    await prompt.save.click();
    const [about] = await lock.hears('profileanswered');
    expect(about).toMatchObject({ fields: ['company_name'], display: 'inline', login: 2 });
    await expect(lock.dialog).toBeHidden();
    const plan = await page.evaluate(() => globalThis.lockTest.lock.explain());
    expect(plan.reasons.company_name).toEqual({ code: 'known', source: 'user' });
  });

  test('whoever closes the modal skips', async ({ page, host, latchlet }) => {
    const lock = new LockPage(page, host);
    const [box, prompt, email] = [new Box(page), new Prompt(page), newEmail()];
    await lock.open();
    for (const first of [true, false]) {
      await lock.opener.click();
      await lock.begin();
      if (first) {
        await box.fill({ email });
        await box.submit.click();
        await lock.hears('authenticated');
        await lock.open();
      } else {
        await box.root.getByRole('button', { name: 'Log in' }).click();
        await box.signIn({ email });
      }
    }
    await prompt.opens();
    await page.keyboard.press('Escape');
    await lock.hears('profileskipped');
    await expect(lock.dialog).toBeHidden();
  });
});
