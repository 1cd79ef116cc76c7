// Where `<latchlet-box>` stands: credentials in the page, questions in a shadow
// root, all of it in one of them; and style sheets that mean no good.

import { expectAccessible } from './harness/axe.mjs';
import { ElementPage } from './harness/element.mjs';
import { Person } from './harness/person.mjs';
import { Prompt, questions } from './harness/prompt.mjs';
import { expect, newEmail, picture, test } from './harness/test.mjs';

/** The element in whose shadow root something is, by its part or class; `page` if it is in none. */
const rootOf = (locator) => locator.evaluate((node) => {
  const root = node.getRootNode();
  return root instanceof ShadowRoot ? `${root.mode} ${root.host.getAttribute('part') ?? root.host.className}` : 'page';
});

/** Every id that something refers to is in the same root. */
const expectReferences = async (page) => {
  const lost = await page.locator('[part~="box"], [part~="isolated"]').first().evaluate(() => {
    const roots = (root) => [root, ...[...root.querySelectorAll('*')].flatMap((it) => (it.shadowRoot ? roots(it.shadowRoot) : []))];
    return roots(document).flatMap((root) => [...root.querySelectorAll('[part]')].flatMap((node) =>
      ['for', 'aria-describedby', 'aria-labelledby', 'aria-controls']
        .flatMap((name) => node.getAttribute(name)?.split(' ') ?? [])
        .filter((id) => !root.getElementById(id))));
  });
  expect(lost).toEqual([]);
};

for (const [isolation, credentials] of [['', 'page'], ['auto', 'page'], ['light', 'page'], ['shadow', 'open latchlet-host']]) {
  test(`isolation=${isolation || 'none said'}: credentials are in ${credentials}`, async ({ page, host, latchlet }) => {
    expect(latchlet.origin).toBe(host.connectTo);
    const tag = new ElementPage(page, host);
    await tag.openBox({}, { attributes: isolation && `isolation="${isolation}"` });
    expect(await rootOf(tag.box.email)).toBe(credentials);
    expect(await tag.element.evaluate((box) => box.shadowRoot)).toBe(null);
    expect(await tag.box.root.evaluate((box) => getComputedStyle(box).borderTopStyle)).toBe('solid');
    await tag.box.submit.click();
    await expect(tag.box.summary).toBeFocused();
    await tag.box.summary.getByRole('link').first().press('Enter');
    await expect(tag.box.root.locator(':focus')).toHaveAttribute('aria-invalid', 'true');
    await expectReferences(page);
    await expectAccessible(page);
    await tag.box.fill({ email: newEmail() });
    await tag.box.submit.click();
    await expect(tag.box.heading('You are logged in')).toBeVisible();
    expect(await tag.hears('authenticated')).toMatchObject({ target: 'latchlet-box' });
  });
}

test('another isolation later', async ({ page, host }) => {
  const tag = new ElementPage(page, host);
  await tag.openBox();
  expect(await rootOf(tag.box.email)).toBe('page');
  await tag.element.evaluate((box) => { box.isolation = 'shadow'; });
  await expect.poll(() => rootOf(tag.box.email)).toBe('open latchlet-host');
  await expect(tag.box.root).toHaveCount(1);
});

for (const display of ['inline', 'modal', 'banner']) {
  for (const [isolation, where] of [['auto', 'open isolated'], ['light', 'page'], ['shadow', 'open latchlet-host']]) {
    test.describe(`questions, ${display}, isolation=${isolation}`, () => {
      test.use({ boxConfig: { progressiveProfile: { ...questions, display } } });

      test(`are in ${where}, and are saved`, async ({ page, host, latchlet }) => {
        const tag = new ElementPage(page, host);
        const person = await (await Person.signUp(latchlet, host)).logIn();
        const options = { ...host.options, mode: 'profile', idTokenPayload: person.claims };
        await tag.open(`<latchlet-box isolation="${isolation}"></latchlet-box>`);
        await tag.element.evaluate((box, [given, token]) => {
          box.options = { ...given, accessToken: () => token };
        }, [options, person.token]);
        const prompt = new Prompt(page);
        await prompt.opens();
        if (display === 'banner') await page.getByRole('button', { name: 'Answer' }).click();
        await expect(prompt.company).toBeVisible();
        expect(await rootOf(prompt.company)).toBe(where);
        if (display === 'modal') await expect(prompt.title).toBeFocused();
        // The page's own sheet does not see into the shadow root of the whole box.
        if (display === 'modal' && isolation !== 'shadow') {
          expect(await page.evaluate(() => getComputedStyle(document.documentElement).overflowY)).toBe('hidden');
        }
        await expectReferences(page);
        await expectAccessible(page);
        if (isolation === 'auto') await picture(page, `element-questions-${display}`);
        await prompt.company.fill('Example Ltd');
        await prompt.job.fill('Engineer');
        await prompt.job.press('Enter');
        await prompt.isOver();
        expect(await person.metadata()).toMatchObject({ company_name: 'Example Ltd', job_title: 'Engineer' });
      });
    });
  }
}

/** Style sheets of pages that have other things in mind than a guest. */
const sheets = {
  'a preflight': `*, ::before, ::after { box-sizing: border-box; border: 0 solid; margin: 0; padding: 0; }
    button, input, select, textarea { font: inherit; color: inherit; background: transparent; border-radius: 0; }
    h1, h2, h3 { font-size: inherit; font-weight: inherit; } ol, ul { list-style: none; } img, svg { display: block; max-width: 100%; }`,
  'a reboot': `body { font-family: serif; line-height: 1.5; color: #212529; } label { display: inline-block; } button { border-radius: 0; }
    input, button, select { margin: 0; line-height: inherit; text-transform: none; } legend { float: inline-start; width: 100%; font-size: 1.5rem; }`,
  'everything unset': '* { all: unset; }',
  'no labels': 'label { display: none; }',
  'no inputs to speak of': 'input { width: 0; opacity: 0.1; } select { height: 1px; visibility: hidden; }',
  'a small root': 'html { font-size: 62.5%; }',
  'shouting': 'body { text-transform: uppercase; letter-spacing: 0.5em; word-spacing: 2em; line-height: 1; }',
  'the other direction': 'html { direction: rtl; }',
  'forms of its own': 'form { display: none; } fieldset { display: flex; } section { position: absolute; inset-block-start: -999px; }',
};

for (const [name, sheet] of Object.entries(sheets)) {
  for (const isolation of ['light', 'shadow']) {
    test(`${name}: the form is whole, isolation=${isolation}`, async ({ page, host }) => {
      const tag = new ElementPage(page, host);
      host.pages['/hostile.css'] = { type: 'text/css', body: sheet };
      await tag.openBox({}, { attributes: `isolation="${isolation}"`, head: '<link rel="stylesheet" href="/hostile.css">' });
      const controls = tag.box.root.locator('input:not([type="hidden"]), select, button');
      await expect(tag.box.email).toBeVisible();
      const seen = await controls.evaluateAll((nodes) => nodes.map((node) => {
        const { width, height } = node.getBoundingClientRect();
        const { opacity, visibility, letterSpacing, textTransform } = getComputedStyle(node);
        return { part: node.getAttribute('part'), fits: width >= 24 && height >= 24, opacity, visibility, letterSpacing, textTransform };
      }));
      expect(seen.length).toBeGreaterThan(5);
      for (const one of seen) {
        expect(one).toMatchObject({ fits: true, opacity: '1', visibility: 'visible', letterSpacing: 'normal', textTransform: 'none' });
      }
      for (const label of ['Email address', 'Full name', 'Team size']) {
        await expect(tag.box.root.getByText(label, { exact: true })).toBeVisible();
      }
      expect(await tag.box.root.evaluate((box) => parseFloat(getComputedStyle(box).fontSize))).toBeGreaterThanOrEqual(16);
      await expectAccessible(page, 'latchlet-box');
    });
  }
}
