// Whose answers are whose, on a device that several people use, and what is
// said once.

import { Person } from './harness/person.mjs';
import { Prompt, questions } from './harness/prompt.mjs';
import { expect, picture, test } from './harness/test.mjs';

const news = { name: 'news', type: 'consent', label: 'Send me news', version: '7' };

test.describe('somebody after somebody else', () => {
  test.use({ boxConfig: { draft: true, progressiveProfile: questions } });

  test('finds nothing that was typed before, in this tab or its storage', async ({ page, host, latchlet }) => {
    const prompt = new Prompt(page);
    const [ada, grace] = [await (await Person.signUp(latchlet, host)).logIn(), await (await Person.signUp(latchlet, host)).logIn()];
    await ada.visit(page);
    await prompt.company.fill('Ada’s own');
    // It is stored as the page goes; there is no draft of it.
    await page.reload();
    await expect(prompt.job).toBeVisible();
    expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }))).not.toContain('own');
    await grace.visit(page);
    await expect(prompt.company).toHaveValue('');
    await prompt.company.focus();
    await prompt.job.focus();
    await prompt.skip.click();
    await prompt.isOver();
    expect(await grace.metadata()).not.toHaveProperty('company_name');
  });

  test('is asked as themselves when the page says that they are here now', async ({ page, host, latchlet }) => {
    const prompt = new Prompt(page);
    const [ada, grace] = [await (await Person.signUp(latchlet, host)).logIn(), await (await Person.signUp(latchlet, host)).logIn()];
    await ada.visit(page);
    await prompt.company.fill('Ada’s own');
    await page.evaluate(([token, claims]) => {
      const { handle, options } = globalThis.latchletTest;
      handle.logoutUrl({});
      handle.update({ ...options, accessToken: () => token, idTokenPayload: claims });
    }, [grace.token, grace.claims]);
    await expect(prompt.company).toHaveValue('');
    await prompt.company.fill('Grace’s own');
    await prompt.save.click();
    await prompt.isOver();
    expect((await grace.metadata()).company_name).toBe('Grace’s own');
    expect((await ada.metadata()).company_name ?? 'Ada’s own').toBe('Ada’s own');
  });
});

test.describe('a consent that was given at the sign-up', () => {
  test.use({ boxConfig: {
    additionalSignUpFields: [{ name: 'name', label: 'Full name', storage: 'root' }, news],
    progressiveProfile: { save: 'latchlet', coolDown: '0h', fields: [{ name: 'news', ask: { fromLogin: 3 } }] },
  } });

  test('is withdrawn once, and stays so', async ({ page, host, latchlet }) => {
    const prompt = new Prompt(page);
    const person = new Person();
    Object.assign(person, await Person.signUp(latchlet, host, { team_size: undefined, newsletter: undefined, source: undefined, news: '7' }));
    await person.logIn();
    await person.visit(page);
    await page.evaluate(() => { globalThis.latchletTest.done = globalThis.latchletTest.handle.consents(); });
    const box = prompt.root.getByRole('checkbox', { name: news.label });
    await expect(box).toBeChecked();
    await box.uncheck();
    await prompt.save.click();
    expect(await page.evaluate(() => globalThis.latchletTest.done)).toEqual({ values: { news: null }, answered: [], skipped: false });
    await expect(prompt.root.getByRole('heading', { name: 'Your choices' })).toHaveCount(0);
    expect(await person.metadata()).not.toHaveProperty('news');
    for (let login = 2; login < 5; login += 1) {
      await person.logIn();
      await person.visit(page);
      const { ask, reasons } = await page.evaluate(() => globalThis.latchletTest.handle.explain());
      expect([ask, reasons.news.code]).toEqual([[], 'declined']);
    }
  });

  test('opens as it is stored, whatever was left there before', async ({ page, host, latchlet }) => {
    const prompt = new Prompt(page);
    const person = await (await Person.signUp(latchlet, host, { team_size: undefined, newsletter: undefined, source: undefined, news: '7' })).logIn();
    await person.visit(page);
    const box = prompt.root.getByRole('checkbox', { name: news.label });
    for (let time = 0; time < 2; time += 1) {
      await page.evaluate(() => { globalThis.latchletTest.handle.consents(); });
      await expect(box).toBeChecked();
      await box.uncheck();
      await prompt.button('Close').click();
      await expect(box).toHaveCount(0);
    }
    expect((await person.metadata()).news).toBe('7');
  });
});

test.describe('an answer that another source knows', () => {
  const always = { name: 'company_name', label: 'Company name', always: true };
  test.use({ boxConfig: { progressiveProfile: { ...questions, fields: [always, questions.fields[1]] } } });

  test('is not the person’s own until they save it', async ({ page, host, latchlet }) => {
    const prompt = new Prompt(page);
    const person = await (await Person.signUp(latchlet, host)).logIn();
    host.options.known = { company_name: 'Known Ltd' };
    await person.visit(page);
    await expect(prompt.company).toHaveValue('Known Ltd');
    const stored = page.waitForResponse((reply) => reply.request().method() === 'PATCH' && reply.request().postData().includes('Engineer'));
    await prompt.job.fill('Engineer');
    await prompt.company.focus();
    await stored;
    await prompt.skip.click();
    await prompt.isOver();
    const metadata = await person.metadata();
    expect(metadata.job_title).toBe('Engineer');
    expect(metadata).not.toHaveProperty('company_name');
  });
});

test.describe('a modal', () => {
  test.use({ boxConfig: { progressiveProfile: { ...questions, display: 'modal', fields: [{ ...questions.fields[0], required: true }] } } });

  test('that must be answered comes back however it is closed, and is heard', async ({ page, host, latchlet }) => {
    const prompt = new Prompt(page);
    const person = await (await Person.signUp(latchlet, host)).logIn();
    await person.visit(page);
    const dialog = page.getByRole('dialog');
    await expect(dialog).toBeVisible();
    await dialog.evaluate((element) => element.close());
    await expect(dialog).toBeVisible();
    await expect(dialog.getByRole('status')).toHaveCount(1);
    await picture(page, 'profile-modal-required');
    await prompt.root.getByLabel('Company name').fill('Example Ltd');
    await prompt.save.click();
    await expect(dialog).toHaveCount(0);
    expect((await person.metadata()).company_name).toBe('Example Ltd');
  });
});
