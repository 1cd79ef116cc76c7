// Conditions: which fields are asked, live, and what is sent then.

import { expectAccessible } from './harness/axe.mjs';
import { Box, passwords } from './harness/box.mjs';
import { nextBody, storedProfile } from './harness/profile.mjs';
import { boxOptions, expect, newEmail, test } from './harness/test.mjs';

test.beforeEach(async ({ host }) => {
  host.options = { ...await boxOptions(), domain: host.origin };
});

test.describe('a field with a condition', () => {
  test.use({
    boxConfig: {
      additionalSignUpFields: [
        { name: 'kind', type: 'radio', label: 'Kind', options: [{ value: 'p', label: 'Person' }, { value: 'c', label: 'Company' }] },
        { name: 'company', label: 'Company name', when: { field: 'kind', equals: 'c' } },
        { name: 'seats', type: 'number', label: 'Seats', when: { field: 'company', exists: true } },
        {
          name: 'manager', label: 'Account manager',
          when: { all: [{ field: 'seats', atLeast: 10 }, { not: { field: 'company', contains: 'Ltd' } }] },
        },
        { name: 'topics', type: 'checkboxes', label: 'Topics', required: false, options: ['news', 'offers'] },
        { name: 'how_often', type: 'select', label: 'How often', options: ['daily', 'weekly'], when: { any: [{ field: 'topics', contains: 'news' }, { known: 'plan', in: ['pro'] }] } },
      ],
    },
  });

  test.beforeEach(({ latchlet, host }) => { host.options.domain = latchlet.origin; });

  const parts = (box) => ({
    person: box.root.getByLabel('Person', { exact: true }),
    asCompany: box.root.getByLabel('Company', { exact: true }),
    company: box.root.getByLabel('Company name', { exact: true }),
    seats: box.root.getByLabel('Seats', { exact: true }),
    manager: box.root.getByLabel('Account manager', { exact: true }),
    news: box.root.getByLabel('news', { exact: true }),
    howOften: box.root.getByLabel('How often', { exact: true }),
  });

  test('comes and goes with the answers that it looks at, link by link', async ({ page, host }) => {
    await page.goto(host.origin);
    const box = new Box(page);
    const { person, asCompany, company, seats, manager, news, howOften } = parts(box);
    for (const hidden of [company, seats, manager, howOften]) await expect(hidden).toBeHidden();
    await asCompany.check();
    await expect(company).toBeVisible();
    await expect(seats).toBeHidden();
    await company.pressSequentially('E');
    await expect(seats).toBeVisible();
    await seats.fill('9');
    await expect(manager).toBeHidden();
    await seats.fill('10');
    await expect(manager).toBeVisible();
    await expectAccessible(page);
    await company.fill('Engines Ltd');
    await expect(manager).toBeHidden();
    await company.fill('Engines');
    await expect(manager).toBeVisible();
    await person.check();
    for (const hidden of [company, seats, manager]) await expect(hidden).toBeHidden();
    await asCompany.check();
    await expect(company, 'what was typed is still there').toHaveValue('Engines');
    await expect(manager).toBeVisible();
    await news.check();
    await expect(howOften).toBeVisible();
    await news.uncheck();
    await expect(howOften).toBeHidden();
  });

  test('is neither required nor sent while it is hidden', async ({ page, latchlet, host }) => {
    await page.goto(host.origin);
    const box = new Box(page);
    const { person, asCompany, company } = parts(box);
    await box.email.fill(newEmail());
    await box.password.fill(passwords.good);
    await asCompany.check();
    await company.fill('never sent');
    await box.submit.click();
    await expect(box.summary.getByRole('link')).toHaveText(['Seats is required']);
    await person.check();
    const body = nextBody(page, '/dbconnections/signup');
    await box.submit.click();
    expect((await body).user_metadata).toEqual({ kind: 'p' });
    expect((await storedProfile(page, latchlet)).user_metadata).toEqual({ kind: 'p' });
  });

  test('is asked because of what the page knows, and what is asked is sent', async ({ page, latchlet, host }) => {
    host.options.known = { plan: 'pro' };
    await page.goto(host.origin);
    const box = new Box(page);
    const { asCompany, company, seats, manager, howOften } = parts(box);
    await box.email.fill(newEmail());
    await box.password.fill(passwords.good);
    await asCompany.check();
    await company.fill('Engines');
    await seats.fill('12');
    await manager.fill('Babbage');
    await howOften.selectOption('weekly');
    await box.submit.click();
    expect((await storedProfile(page, latchlet)).user_metadata)
      .toEqual({ kind: 'c', company: 'Engines', seats: '12', manager: 'Babbage', how_often: 'weekly' });
  });
});
