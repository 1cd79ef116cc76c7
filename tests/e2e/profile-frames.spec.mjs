// Questions over the page and at its edge.

import { expectAccessible } from './harness/axe.mjs';
import { Person } from './harness/person.mjs';
import { Prompt, questions } from './harness/prompt.mjs';
import { expect, picture, test } from './harness/test.mjs';

const onDemand = questions.fields.map((field) => ({ ...field, ask: { onDemand: true } }));

/** A page whose own button asks for the company, and keeps what came of it. */
const withOpener = (options, element) => {
  options.accessToken = () => location.hash.slice(1);
  const opener = document.querySelector('#opener');
  opener.hidden = false;
  opener.addEventListener('click', async () => {
    globalThis.latchletTest.asked = await globalThis.latchletTest.handle.ask(['company_name', 'job_title']);
  });
  element.dataset.changed = '';
};

const asked = (page) => page.evaluate(() => globalThis.latchletTest.asked);

test.describe('a modal that a part of the page opens', () => {
  test.use({ boxConfig: { progressiveProfile: { ...questions, fields: onDemand, display: 'modal' } } });

  let prompt;
  let dialog;
  let opener;
  let person;
  test.beforeEach(async ({ page, host, latchlet }) => {
    prompt = new Prompt(page);
    dialog = page.getByRole('dialog', { name: '2 quick questions' });
    opener = page.getByRole('button', { name: 'Tell us more' });
    person = await (await Person.signUp(latchlet, host)).logIn();
    await person.visit(page, { change: withOpener });
    await expect(dialog, 'nothing comes by itself').toHaveCount(0);
    await opener.press('Enter');
    await expect(dialog).toBeVisible();
  });

  test('keeps focus inside, is named, and gives focus back', async ({ page }) => {
    await expect(prompt.title).toBeFocused();
    await picture(page, 'profile-modal');
    await expectAccessible(page);
    for (let count = 0; count < 20; count += 1) {
      await page.keyboard.press('Tab');
      const where = await page.evaluate(() => {
        const { activeElement: active } = document;
        return active === document.body || active.closest('dialog') !== null;
      });
      expect(where, `Tab number ${count + 1}`).toBe(true);
    }
    await prompt.company.fill('Example Ltd');
    await prompt.job.fill('Engineer');
    await prompt.save.click();
    await expect(dialog).toHaveCount(0);
    await expect(opener).toBeFocused();
    expect(await asked(page)).toEqual({
      values: { company_name: 'Example Ltd', job_title: 'Engineer' }, answered: ['company_name', 'job_title'], skipped: false,
    });
    expect(await person.metadata()).toMatchObject({ company_name: 'Example Ltd', job_title: 'Engineer' });
  });

  for (const [how, close] of [
    ['Escape', (page) => page.keyboard.press('Escape')],
    ['its button', (page) => page.getByRole('button', { name: 'Close' }).click()],
    ['“Skip for now”', () => prompt.skip.click()],
  ]) {
    test(`${how} skips, and gives focus back`, async ({ page }) => {
      await close(page);
      await expect(dialog).toHaveCount(0);
      await expect(opener).toBeFocused();
      expect(await asked(page)).toEqual({ values: {}, answered: [], skipped: true });
      await expect.poll(() => person.asked('company_name')).toMatchObject({ came: 's' });
    });
  }

  test('what opened it may be gone: the page goes on', async ({ page }) => {
    await opener.evaluate((node) => node.remove());
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    await page.keyboard.press('Tab');
    await expectAccessible(page);
  });

  test('asks only for what is left, and for nothing that is known', async ({ page }) => {
    await prompt.company.fill('Example Ltd');
    await prompt.save.click();
    await expect(dialog).toHaveCount(0);
    expect(await asked(page)).toMatchObject({ answered: ['company_name'], skipped: false });
    await opener.press('Enter');
    await expect(page.getByRole('dialog', { name: 'A quick question' })).toBeVisible();
    await expect(prompt.company).toHaveCount(0);
    await prompt.job.fill('Engineer');
    await prompt.save.click();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await opener.press('Enter');
    await expect.poll(() => asked(page)).toEqual({ values: {}, answered: [], skipped: false });
  });
});

test.describe('a modal with something that must be answered', () => {
  const fields = onDemand.map((field) => ({ ...field, ask: {}, required: true }));
  test.use({ boxConfig: { progressiveProfile: { ...questions, fields, display: 'modal' } } });

  test('does not close before it is', async ({ page, host, latchlet }) => {
    const prompt = new Prompt(page);
    const person = await (await Person.signUp(latchlet, host)).logIn();
    await person.visit(page);
    await prompt.opens();
    await expect(prompt.title).toBeFocused();
    for (let count = 0; count < 3; count += 1) await page.keyboard.press('Escape');
    await prompt.opens();
    await expect(page.getByRole('button', { name: 'Close' })).toHaveCount(0);
    await prompt.root.getByLabel('Company name', { exact: true }).fill('Example Ltd');
    await prompt.root.getByLabel('Job title', { exact: true }).fill('Engineer');
    await prompt.save.click();
    await prompt.isOver();
  });
});

test.describe('a banner', () => {
  test.use({ boxConfig: { progressiveProfile: { ...questions, display: 'banner' } } });

  let prompt;
  let banner;
  let person;
  test.beforeEach(async ({ page, host, latchlet }) => {
    prompt = new Prompt(page);
    banner = page.getByRole('region', { name: '2 quick questions' });
    person = await (await Person.signUp(latchlet, host)).logIn();
    await person.visit(page);
    await expect(banner).toBeVisible();
  });

  test('is a line that takes no focus, and opens', async ({ page }) => {
    await expect(page.locator(':focus')).toHaveCount(0);
    await expect(prompt.status).toHaveText('2 quick questions');
    await picture(page, 'profile-banner', { fullPage: false });
    await expectAccessible(page);
    const sizes = await Promise.all(['Answer', 'Skip for now', 'Remind me later'].map(async (name) => {
      const { width, height } = await prompt.button(name).boundingBox();
      return `${Math.round(width)} × ${Math.round(height)}`;
    }));
    expect(new Set(sizes).size, `equal reach: ${sizes}`).toBe(1);
    await prompt.button('Answer').press('Enter');
    await expect(prompt.title).toBeFocused();
    await picture(page, 'profile-banner-open', { fullPage: false });
    await expectAccessible(page);
    await prompt.company.fill('Example Ltd');
    await prompt.save.click();
    await expect(banner).toHaveCount(0);
    expect(await person.metadata()).toMatchObject({ company_name: 'Example Ltd' });
  });

  test('can be put off without opening it', async ({ page }) => {
    await prompt.button('Remind me later').click();
    await expect(banner).toHaveCount(0);
    await expect.poll(() => person.asked('company_name')).toMatchObject({ came: 'z' });
    await expect(page.locator('[part~="prompt"]')).toHaveCount(0);
  });

  test('covers nothing that the keyboard comes to', async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    await page.evaluate(() => {
      for (let count = 0; count < 40; count += 1) {
        const line = document.createElement('p');
        const link = document.createElement('a');
        link.href = `#${count}`;
        link.textContent = `Link ${count}`;
        line.append(link);
        document.querySelector('main').append(line);
      }
    });
    for (let count = 0; count < 36; count += 1) {
      await page.keyboard.press('Tab');
      const covered = await page.evaluate(() => {
        const { activeElement: active } = document;
        if (active.closest('[part~="banner"]')) return false;
        const box = active.getBoundingClientRect();
        const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        return top !== active && !active.contains(top);
      });
      expect(covered, `Tab number ${count + 1}`).toBe(false);
    }
  });
});
