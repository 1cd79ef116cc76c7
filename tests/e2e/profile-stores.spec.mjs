// Where answers can go beside a tenant and our own server: a customer's own
// address, and a function of the page.

import { Endpoint } from './harness/endpoint.mjs';
import { Person } from './harness/person.mjs';
import { Prompt, questions } from './harness/prompt.mjs';
import { expect, test } from './harness/test.mjs';

const { fields } = questions;

test.describe('a customer’s own address', () => {
  let endpoint;
  test.beforeEach(async ({ host, latchlet }) => {
    endpoint = await Endpoint.start();
    host.connectTo = `${latchlet.origin} ${endpoint.origin}`;
  });
  test.afterEach(() => endpoint.close());

  for (const credentials of ['bearer', 'cookie']) {
    test(`takes a merge patch by ${credentials}, and gives back what it has`, async ({ page, host, latchlet }) => {
      const prompt = new Prompt(page);
      const person = await (await Person.signUp(latchlet, host)).logIn();
      const save = { url: `${endpoint.origin}/me`, credentials, idempotencyKey: true };
      host.options.progressiveProfile = { fields, save };
      await page.context().addCookies([{ name: 'session', value: 'x', url: endpoint.origin }]);
      await person.visit(page);
      await prompt.company.fill('Example Ltd');
      await prompt.save.click();
      await prompt.isOver();
      expect(endpoint.profile.user_metadata).toMatchObject({ company_name: 'Example Ltd', latchlet: { v: 1 } });
      const [{ headers }] = endpoint.changes;
      expect(headers['content-type']).toBe('application/merge-patch+json');
      expect(headers['idempotency-key']).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(headers.authorization).toBe(credentials === 'bearer' ? `Bearer ${person.token}` : undefined);
      expect(headers.cookie).toBe(credentials === 'cookie' ? 'session=x' : undefined);

      await person.visit(page);
      const plan = await page.evaluate(() => globalThis.latchletTest.handle.explain());
      expect(plan.reasons.company_name).toEqual({ code: 'known', source: 'user' });
    });
  }
});

test.describe('a function of the page', () => {
  test('is handed the answers and what to keep, and may take its time or fail', async ({ page, host, latchlet }) => {
    const prompt = new Prompt(page);
    const person = await (await Person.signUp(latchlet, host)).logIn();
    host.options.progressiveProfile = { fields };
    host.options.user = { user_id: 'u1', user_metadata: {} };
    await person.visit(page, {
      change: (options) => {
        globalThis.saved = [];
        options.progressiveProfile.save = async (answers, context) => {
          await new Promise((done) => { setTimeout(done, 50); });
          if (answers.company_name === 'Bad Ltd' && context.done) throw new Error('We do not take Bad Ltd.');
          globalThis.saved.push({ answers, context });
        };
      },
    });
    await prompt.company.fill('Bad Ltd');
    await prompt.save.click();
    await expect(prompt.alert).toHaveText('We do not take Bad Ltd.');
    await prompt.company.fill('Example Ltd');
    await prompt.save.click();
    await prompt.isOver();
    const saved = await page.evaluate(() => globalThis.saved.at(-1));
    expect(saved).toMatchObject({
      answers: { company_name: 'Example Ltd' }, context: { user: person.claims.sub, done: true, latchlet: { v: 1 } },
    });
  });
});
