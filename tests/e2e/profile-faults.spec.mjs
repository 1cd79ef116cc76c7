// Answers on a bad day: a reply that is lost, a server that is busy, no
// network, two tabs at once.

import { Person } from './harness/person.mjs';
import { Prompt, questions } from './harness/prompt.mjs';
import { expect, picture, test } from './harness/test.mjs';

/** A server of our own, which takes idempotency keys, and a tenant. */
for (const save of ['latchlet', 'auth0']) {
  test.describe(`saved to ${save}`, () => {
    test.use({ boxConfig: { progressiveProfile: { ...questions, save } } });

    let person;
    let prompt;
    test.beforeEach(async ({ page, host, latchlet }) => {
      prompt = new Prompt(page);
      person = await (await Person.signUp(latchlet, host)).logIn();
      await person.visit(page);
      await prompt.opens();
      // The note that it was shown has arrived.
      await expect.poll(() => person.asked('company_name')).toMatchObject({ came: 'o' });
    });

    const changes = (latchlet) => latchlet.proxy.count(`PATCH ${person.path}`);

    test('a reply that is lost after the work was done', async ({ latchlet }) => {
      const before = changes(latchlet);
      // Chromium itself sends once more what a connection in use has lost.
      latchlet.proxy.spoil(person.path, { method: 'PATCH', cut: 'after' }, 2);
      await prompt.company.fill('Example Ltd');
      await prompt.save.click();
      await prompt.isOver();
      expect(await person.metadata()).toMatchObject({ company_name: 'Example Ltd' });
      expect(await person.asked('company_name')).toEqual({ asked: 1, login: 1, came: 'a' });
      // With a key it is sent again and done once; without, it is looked up.
      expect(changes(latchlet) - before).toBe(save === 'latchlet' ? 3 : 2);
    });

    test('a request that never arrived is sent again', async () => {
      const { proxy } = person.latchlet;
      proxy.spoil(person.path, { method: 'PATCH', cut: 'before' }, 2);
      await prompt.company.fill('Example Ltd');
      await prompt.save.click();
      await prompt.isOver();
      expect(await person.metadata()).toMatchObject({ company_name: 'Example Ltd' });
    });

    test('a busy server says when to come back, and the person sees it', async ({ page, latchlet }) => {
      const before = changes(latchlet);
      latchlet.proxy.spoil(person.path, { method: 'PATCH', answer: { status: 429, headers: { 'retry-after': '3' } } });
      await prompt.company.fill('Example Ltd');
      await prompt.save.click();
      await expect(prompt.status).toHaveText('The server is busy. Trying again in 3 s.');
      await expect(prompt.root.locator('[part~="progress"]')).toContainText(/in [12] s/);
      await picture(page, 'profile-busy');
      await prompt.isOver();
      expect(changes(latchlet) - before).toBe(2);
      expect(await person.metadata()).toMatchObject({ company_name: 'Example Ltd' });
    });

    test('who is refused is told, may mend it, and is not asked again by the machine', async ({ latchlet }) => {
      const before = changes(latchlet);
      const errors = [{ path: '/user_metadata/company_name', code: 'pattern', message: 'This company is not one' }];
      const body = JSON.stringify({ statusCode: 400, error: 'Bad Request', message: 'no', errorCode: 'invalid_user_metadata', errors });
      latchlet.proxy.spoil(person.path, { method: 'PATCH', answer: { status: 400, headers: { 'content-type': 'application/json' }, body } });
      await prompt.company.fill('Example Ltd');
      await prompt.save.click();
      await expect(prompt.root.getByRole('link', { name: 'This company is not one' })).toBeVisible();
      expect(changes(latchlet) - before).toBe(1);
      await prompt.save.click();
      await prompt.isOver();
      expect(await person.metadata()).toMatchObject({ company_name: 'Example Ltd' });
    });

    test('without a network what was typed stays, and is saved when it is back', async ({ page, context }) => {
      await prompt.company.fill('Example Ltd');
      await context.setOffline(true);
      await prompt.save.click();
      await expect(prompt.alert).toHaveText('Your answers could not be saved. Check your connection and try again.', { timeout: 30_000 });
      await picture(page, 'profile-offline');
      await expect(prompt.company).toHaveValue('Example Ltd');
      await context.setOffline(false);
      await prompt.save.click();
      await prompt.isOver();
      expect(await person.metadata()).toMatchObject({ company_name: 'Example Ltd' });
    });

    test('two tabs lose nothing of each other', async ({ page, context }) => {
      const other = await context.newPage();
      await person.visit(other);
      const second = new Prompt(other);
      await second.opens();
      await prompt.company.fill('Example Ltd');
      await second.job.fill('Engineer');
      await Promise.all([prompt.save.click(), second.save.click()]);
      await prompt.isOver();
      await second.isOver();
      expect(await person.metadata()).toMatchObject({ company_name: 'Example Ltd', job_title: 'Engineer' });
      expect(await person.asked('company_name')).toMatchObject({ asked: 1, came: 'a' });
      expect(await person.asked('job_title')).toMatchObject({ asked: 1, came: 'a' });
      await other.close();
      await page.bringToFront();
    });
  });
}
