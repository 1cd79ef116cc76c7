// Questions after the login: who is asked what at which login, what comes of
// it, and what the server has then.

import { expectAccessible } from './harness/axe.mjs';
import { Box } from './harness/box.mjs';
import { Person } from './harness/person.mjs';
import { storedProfile } from './harness/profile.mjs';
import { Prompt, questions } from './harness/prompt.mjs';
import { expect, newEmail, picture, test } from './harness/test.mjs';

const { fields } = questions;

/** The questions with other properties for each. */
const asking = (company = {}, job = {}, policy = {}) => ({
  progressiveProfile: { ...questions, fields: [{ ...fields[0], ...company }, { ...fields[1], ...job }], ...policy },
});

test.describe('after a login through the box', () => {
  const second = { ask: { fromLogin: 2 } };
  test.use({ boxConfig: asking(second, second) });

  test('questions come at the second login, and then no more', async ({ page, host, latchlet }) => {
    const [box, prompt, email] = [new Box(page), new Prompt(page), newEmail()];
    const logIn = async () => {
      await page.goto(host.origin);
      await box.root.getByRole('button', { name: 'Log in' }).click();
      await box.signIn({ email });
    };
    const metadata = async () => {
      const { accessToken, idTokenPayload } = await page.evaluate(() =>
        globalThis.latchletTest.events.find(({ name }) => name === 'authenticated').detail);
      const address = `${latchlet.server.origin}/api/v2/users/${encodeURIComponent(idTokenPayload.sub)}`;
      return (await (await fetch(address, { headers: { authorization: `Bearer ${accessToken}` } })).json()).user_metadata;
    };
    await page.goto(host.origin);
    await box.fill({ email });
    await box.submit.click();
    await expect(box.heading('You are logged in'), 'nothing is asked at the sign-up').toBeVisible();

    await logIn();
    await prompt.opens();
    expect(await page.evaluate(() => globalThis.latchletTest.events.map(({ name }) => name)), 'the page has its tokens first')
      .toEqual(['authenticated', 'profileshown']);
    await prompt.company.fill('Ex & Co <Ltd>');
    await prompt.job.fill('Engineer');
    await prompt.save.click();
    await expect(box.heading('You are logged in')).toBeVisible();
    expect(await metadata()).toMatchObject({ company_name: 'Ex & Co <Ltd>', job_title: 'Engineer', latchlet: { v: 1 } });

    await logIn();
    await expect(box.heading('You are logged in'), 'what is known is not asked').toBeVisible();
  });
});

for (const [method, way] of [['code', 'a code'], ['link', 'a link']]) {
  test.describe(`after ${way} instead of a password`, () => {
    const passwordless = { name: 'email', strategy: 'email' };
    test.use({
      boxConfig: asking({ ask: { fromLogin: 2 } }, { ask: { fromLogin: 2 } }),
      serverConfig: { tenant: { connections: [{ ...passwordless, box: 'config.json' }] } },
    });

    test('the same questions come at the same login, and are stored', async ({ page, host, latchlet }) => {
      const [box, prompt, email] = [new Box(page), new Prompt(page), newEmail()];
      Object.assign(host.options, {
        connections: [passwordless], passwordlessMethod: method, initialScreen: 'passwordless',
      });
      let used;
      const sent = async () => {
        await expect.poll(async () => (await latchlet.server.letter(email))[method]).not.toBe(used);
        used = (await latchlet.server.letter(email))[method];
        return used;
      };
      const logIn = async () => {
        await page.goto(host.origin);
        await box.email.fill(email);
        await box.root.getByRole('button', { name: `Send ${method}` }).click();
        if (method === 'link') {
          await expect(box.heading('Check your email')).toBeVisible();
          await page.goto(await sent());
          await page.getByRole('button', { name: 'Log in' }).click();
          return;
        }
        await expect(box.heading('Enter the code')).toBeVisible();
        await box.root.getByLabel('Code', { exact: true }).fill(await sent());
        await box.submit.click();
      };
      await logIn();
      await expect(box.heading('You are logged in'), 'nothing is asked at the first login').toBeVisible();
      await logIn();
      await prompt.opens();
      await prompt.company.fill('Example Ltd');
      await prompt.save.click();
      await prompt.isOver();
      const { user_metadata: stored, logins_count: logins } = await storedProfile(page, latchlet);
      expect(stored).toMatchObject({ company_name: 'Example Ltd', latchlet: { v: 1 } });
      expect(logins).toBe(2);
    });
  });
}

test.describe('on a page with a login of its own', () => {
  test.use({ boxConfig: asking() });

  test('the keyboard alone is enough, and the ways out come right after the way on', async ({ page, host, latchlet }) => {
    const prompt = new Prompt(page);
    const person = await (await Person.signUp(latchlet, host)).logIn();
    await person.visit(page);
    await prompt.opens();
    await expectAccessible(page);
    await prompt.company.focus();
    await page.keyboard.type('Example Ltd');
    await page.keyboard.press('Tab');
    await expect(prompt.job).toBeFocused();
    await page.keyboard.type('Engineer');
    for (const button of [prompt.save, prompt.skip, prompt.later]) {
      await page.keyboard.press('Tab');
      await expect(button).toBeFocused();
    }
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await prompt.isOver();
    await expect(prompt.status).toHaveText('Saved. Thank you.');
    expect(await person.metadata()).toMatchObject({ company_name: 'Example Ltd', job_title: 'Engineer' });
    expect(await person.asked('company_name')).toEqual({ asked: 1, login: 1, came: 'a' });
    // The history of the prompt: it is over.
    expect((await person.metadata()).latchlet.p[2]).toBe(false);
  });

  test('nobody is asked for what is known, nor a second time at a login', async ({ page, host, latchlet }) => {
    const prompt = new Prompt(page);
    const person = await (await Person.signUp(latchlet, host)).logIn();
    await person.visit(page);
    await prompt.company.fill('Example Ltd');
    await prompt.save.click();
    await prompt.isOver();
    await expect.poll(() => person.asked('job_title')).toMatchObject({ came: 's' });
    await person.visit(page);
    const plan = await page.evaluate(() => globalThis.latchletTest.handle.explain());
    expect(plan.reasons).toEqual({
      company_name: { code: 'known', source: 'user' }, job_title: { code: 'asked_at_this_login' },
    });
    await prompt.isOver();
  });

  for (const [how, press] of [
    ['by its button', (prompt) => prompt.skip.click()],
    ['by saving nothing', (prompt) => prompt.save.click()],
  ]) {
    test(`a prompt is skipped with nothing typed, ${how}`, async ({ page, host, latchlet }) => {
      const prompt = new Prompt(page);
      const person = await (await Person.signUp(latchlet, host)).logIn();
      const before = await person.metadata();
      await person.visit(page);
      await prompt.opens();
      await press(prompt);
      await prompt.isOver();
      await expect.poll(() => person.asked('company_name')).toEqual({ asked: 1, login: 1, came: 's' });
      const { latchlet: history, ...rest } = await person.metadata();
      expect(rest, 'no answer is sent').toEqual(before);
      expect(history.r[0], 'one prompt was skipped').toBe(1);
      const [told] = await prompt.told('profileskipped');
      expect(told).toMatchObject({ fields: ['company_name', 'job_title'], declined: [], display: 'inline', login: 1 });
    });
  }

  test('a prompt is put off for as long as its button says', async ({ page, host, latchlet }) => {
    const prompt = new Prompt(page);
    const person = await (await Person.signUp(latchlet, host)).logIn();
    await person.visit(page);
    await prompt.later.click();
    await prompt.isOver();
    await expect.poll(() => person.asked('job_title')).toMatchObject({ came: 'z' });
    const { r: [skips, until, at] } = (await person.metadata()).latchlet;
    expect([skips, until - at]).toEqual([0, 7 * 86_400]);
    const [told] = await prompt.told('profilesnoozed');
    expect(told.snooze).toBe(7 * 86_400_000);
  });

  test('answers are stored as they are finished, before anybody saves', async ({ page, host, latchlet }) => {
    const prompt = new Prompt(page);
    const person = await (await Person.signUp(latchlet, host)).logIn();
    await person.visit(page);
    await prompt.company.fill('Example Ltd');
    await prompt.job.focus();
    await expect.poll(() => person.metadata()).toMatchObject({ company_name: 'Example Ltd' });
    await expect(prompt.save, 'nobody is interrupted').toBeVisible();
    // The page is loaded again: only the other question is left of the prompt.
    await person.visit(page);
    await expect(prompt.job).toBeVisible();
    await expect(prompt.company).toHaveCount(0);
    await prompt.skip.click();
    await prompt.isOver();
    await expect.poll(() => person.asked('job_title')).toMatchObject({ asked: 1, came: 's' });
  });

  test('what is typed survives the closing of the tab', async ({ page, context, host, latchlet }) => {
    const prompt = new Prompt(page);
    const person = await (await Person.signUp(latchlet, host)).logIn();
    await person.visit(page);
    await prompt.opens();
    await expect.poll(() => person.asked('company_name')).toMatchObject({ came: 'o' });
    await prompt.company.pressSequentially('Example Ltd');
    await context.newPage();
    await page.close({ runBeforeUnload: true });
    await expect.poll(() => person.metadata()).toMatchObject({ company_name: 'Example Ltd' });
  });

  test('what is wrong is said, and nothing is stored of it', async ({ page, host, latchlet }) => {
    const prompt = new Prompt(page);
    const person = await (await Person.signUp(latchlet, host)).logIn();
    await person.visit(page);
    await prompt.company.fill('x'.repeat(101));
    await prompt.save.click();
    await expect(prompt.root.getByRole('group', { name: 'There is a problem' })).toBeFocused();
    await picture(page, 'profile-error');
    await expectAccessible(page);
    expect(await prompt.told('fielderror')).toEqual([{ screen: 'profile', field: 'company_name', code: 'too_long' }]);
    expect(await person.metadata()).not.toHaveProperty('company_name');
    // A way out that is open stays open.
    await prompt.skip.click();
    await prompt.isOver();
    expect(await person.metadata()).not.toHaveProperty('company_name');
  });

  test('no event, log, address or storage has what was typed', async ({ page, host, latchlet }) => {
    const canary = 'canary-7f3a91';
    const prompt = new Prompt(page);
    const logged = [];
    page.on('console', (message) => logged.push(message.text()));
    const bodies = [];
    page.on('request', (request) => bodies.push([request.url(), request.postData() ?? '']));
    const person = await (await Person.signUp(latchlet, host)).logIn();
    await person.visit(page);
    await prompt.company.fill(canary);
    await prompt.save.click();
    await prompt.isOver();
    const kept = await page.evaluate(() => JSON.stringify([
      globalThis.latchletTest.events, { ...localStorage }, { ...sessionStorage }, performance.getEntries(), location.href,
    ]));
    expect(kept).not.toContain(canary);
    expect(logged.join()).not.toContain(canary);
    expect(bodies.filter(([url]) => url.includes(canary))).toEqual([]);
    expect(bodies.filter(([, body]) => body.includes(canary)).length, 'only the change has it').toBeGreaterThan(0);
  });
});

test.describe('a question that can be declined', () => {
  test.use({ boxConfig: asking({ declinable: true }) });

  test('is never asked again, and the other one goes on', async ({ page, host, latchlet }) => {
    const prompt = new Prompt(page);
    const person = await (await Person.signUp(latchlet, host)).logIn();
    await person.visit(page);
    const decline = prompt.button('Don’t ask me this again: Company name');
    await picture(page, 'profile-declinable');
    await decline.click();
    await expect(prompt.company).toBeHidden();
    await expect(prompt.job).toBeFocused();
    await expect(prompt.status).toHaveText('You won’t be asked this again: Company name');
    await expect.poll(() => person.asked('company_name')).toMatchObject({ came: 'd' });
    await prompt.job.fill('Engineer');
    await prompt.save.click();
    await prompt.isOver();
    expect(await person.metadata()).toMatchObject({ job_title: 'Engineer' });
    expect((await prompt.told('profileanswered'))[0]).toMatchObject({ fields: ['job_title'], declined: ['company_name'] });
  });
});

test.describe('an answer that is to be confirmed', () => {
  test.use({ boxConfig: asking({ confirm: '1d' }, { ask: { fromLogin: 9 } }) });

  test('is shown, and saved as it is or changed', async ({ page, host, latchlet }) => {
    const prompt = new Prompt(page);
    const person = await (await Person.signUp(latchlet, host)).logIn();
    await person.visit(page);
    await prompt.company.fill('Example Ltd');
    await prompt.save.click();
    await prompt.isOver();
    const first = (await person.metadata()).latchlet.f.company_name[4];

    await page.clock.setSystemTime(Date.now() + 2 * 86_400_000);
    await latchlet.forward(2 * 86_400);
    await person.logIn();
    await person.visit(page);
    await expect(prompt.company).toHaveValue('Example Ltd');
    await expect(prompt.root).toContainText('Is this still right?');
    await picture(page, 'profile-confirm');
    await prompt.save.click();
    await prompt.isOver();
    await expect.poll(async () => (await person.metadata()).latchlet.f.company_name[4]).toBeGreaterThan(first);
    expect(await person.metadata()).toMatchObject({ company_name: 'Example Ltd' });
  });
});

test.describe('several lengths of time', () => {
  test.use({ boxConfig: asking({}, {}, { snooze: ['1d', '2w'] }) });

  test('are a button each', async ({ page, host, latchlet }) => {
    const prompt = new Prompt(page);
    const person = await (await Person.signUp(latchlet, host)).logIn();
    await person.visit(page);
    await picture(page, 'profile-snoozes');
    const heights = [prompt.save, prompt.skip, prompt.button('Remind me in 1 day'), prompt.button('Remind me in 2 weeks')]
      .map(async (button) => { const { width, height } = await button.boundingBox(); return [width, height]; });
    const [first, ...rest] = await Promise.all(heights);
    for (const size of rest) expect(size, 'every way out is as large as the way on').toEqual(first);
    await prompt.button('Remind me in 2 weeks').click();
    await prompt.isOver();
    await expect.poll(async () => (await person.metadata()).latchlet.r?.[1]).toBeGreaterThan(Date.now() / 1000 + 13 * 86_400);
  });
});

test.describe('a question that must be answered', () => {
  test.use({ boxConfig: asking({ required: true }) });

  test('has no way around it, and says so', async ({ page, host, latchlet }) => {
    const prompt = new Prompt(page);
    const person = await (await Person.signUp(latchlet, host)).logIn();
    await person.visit(page);
    await expect(prompt.root).toContainText('We need this before you go on.');
    await expect(prompt.skip).toHaveCount(0);
    await expect(prompt.later).toHaveCount(0);
    await prompt.save.click();
    await expect(prompt.root.getByRole('link', { name: 'Company name is required' })).toBeVisible();
    await prompt.root.getByLabel('Company name', { exact: true }).fill('Example Ltd');
    await prompt.save.click();
    await prompt.isOver();
    expect(await person.metadata()).toMatchObject({ company_name: 'Example Ltd' });
  });
});

test.describe('questions one by one', () => {
  test.use({ boxConfig: asking({}, {}, { steps: true }) });

  test('are steps, and the browser’s Back goes back one', async ({ page, host, latchlet }) => {
    const prompt = new Prompt(page);
    const person = await (await Person.signUp(latchlet, host)).logIn();
    await person.visit(page);
    await prompt.company.fill('Example Ltd');
    await prompt.button('Continue').click();
    await expect(prompt.job).toBeVisible();
    await picture(page, 'profile-step');
    await expectAccessible(page);
    await page.goBack();
    await expect(prompt.company).toHaveValue('Example Ltd');
    await prompt.button('Continue').click();
    await prompt.job.fill('Engineer');
    await prompt.save.click();
    await prompt.isOver();
    expect(await person.metadata()).toMatchObject({ company_name: 'Example Ltd', job_title: 'Engineer' });
  });
});
