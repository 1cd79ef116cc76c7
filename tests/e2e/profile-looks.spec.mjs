// Questions as people see them and as axe sees them: light and dark, wide and
// narrow, left to right and right to left.

import { expectAccessible } from './harness/axe.mjs';
import { long } from './harness/environment.mjs';
import { Person } from './harness/person.mjs';
import { Prompt, questions } from './harness/prompt.mjs';
import { expect, picture, test } from './harness/test.mjs';

const fields = [
  ...questions.fields,
  {
    name: 'use', type: 'radio', label: 'What will you use it for?', declinable: true,
    options: [{ value: 'work', label: 'Work' }, { value: 'home', label: 'Home' }],
    purpose: 'So that the first page shows what fits.',
  },
  { name: 'letters', type: 'consent', label: 'Send me a letter about new features', version: '1', document: '/letters', required: false },
];

/** How the page may look. The short run leaves out repetitions. */
const looks = {
  light: async () => {},
  dark: (page) => page.emulateMedia({ colorScheme: 'dark' }),
  narrow: (page) => page.setViewportSize({ width: 320, height: 640 }),
  rtl: (page) => page.evaluate(() => { document.documentElement.dir = 'rtl'; }),
  'forced-colors': (page) => page.emulateMedia({ forcedColors: 'active' }),
};

for (const display of ['inline', 'modal', 'banner']) {
  test.describe(display, () => {
    test.use({ boxConfig: { progressiveProfile: { ...questions, fields, maxFields: 4, display } } });

    for (const [look, dress] of Object.entries(looks)) {
      if (!long && display === 'banner' && look === 'forced-colors') continue;
      test(`${look}: axe finds nothing`, async ({ page, host, latchlet }) => {
        const prompt = new Prompt(page);
        const person = await (await Person.signUp(latchlet, host)).logIn();
        await person.visit(page);
        await dress(page);
        await prompt.opens();
        if (display === 'banner') await prompt.button('Answer').click();
        await expect(prompt.save).toBeVisible();
        await picture(page, `profile-${display}-${look}`, { fullPage: display === 'inline' });
        await expectAccessible(page);
        const sideways = await page.evaluate(() => {
          const { scrollWidth, clientWidth } = document.documentElement;
          return scrollWidth - clientWidth;
        });
        expect(sideways, 'nothing scrolls sideways').toBeLessThanOrEqual(0);
      });
    }

    test('every target is large enough, and the ways out are as large as the way on', async ({ page, host, latchlet }) => {
      const prompt = new Prompt(page);
      const person = await (await Person.signUp(latchlet, host)).logIn();
      await page.setViewportSize({ width: 320, height: 640 });
      await person.visit(page);
      await prompt.opens();
      if (display === 'banner') await prompt.button('Answer').click();
      for (const target of await prompt.root.locator('input, select, button').all()) {
        const { width, height } = await target.boundingBox();
        expect(Math.min(width, height), await target.evaluate((node) => node.outerHTML)).toBeGreaterThanOrEqual(24);
      }
      const size = async (button) => {
        const { width, height } = await button.boundingBox();
        return { width, height };
      };
      const save = await size(prompt.save);
      expect(await size(prompt.skip)).toEqual(save);
      expect(await size(prompt.later)).toEqual(save);
      expect(save.height).toBeGreaterThanOrEqual(44);
    });
  });
}
