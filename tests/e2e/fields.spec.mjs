// Every kind of field, by keyboard alone: what it tells browsers and assistive
// technology, what it says when it is wrong, what is sent and what is stored.

import { expectAccessible } from './harness/axe.mjs';
import { Box, passwords } from './harness/box.mjs';
import { nextBody, receipts, storedProfile } from './harness/profile.mjs';
import { boxOptions, expect, newEmail, picture, test } from './harness/test.mjs';

const free = { type: 'text', inputmode: 'text', autocapitalize: 'sentences', spellcheck: 'true', dir: 'auto', enterkeyhint: 'next' };
const syntax = (type, inputmode) =>
  ({ type, inputmode, autocapitalize: 'none', spellcheck: 'false', dir: 'ltr', enterkeyhint: 'next' });
const colours = [{ value: 'r', label: 'Red' }, { value: 'g', label: 'Green' }, { value: 'b', label: 'Blue' }];
const choose = (label) => `Choose an option for “${label}”`;

/**
 * By name: the field, the attributes of its control (`null` for none), what is
 * typed wrong (nothing, where it can only be left out) and what is said then,
 * what is typed right, and what is sent.
 */
const kinds = {
  motto: {
    field: { type: 'text', label: 'Motto', rules: { maxLength: 12 } },
    attributes: { ...free, autocomplete: 'on' },
    wrong: 'much too long', says: 'Motto must have 12 characters or fewer',
    type: 'x<y & "日本"', sent: 'x<y & "日本"',
  },
  about: {
    field: { type: 'textarea', label: 'About you' },
    attributes: { autocomplete: 'on', spellcheck: 'true', dir: 'auto', enterkeyhint: null },
    says: 'About you is required',
    type: 'two\nlines', sent: 'two\nlines',
  },
  second_email: {
    field: { type: 'email', label: 'Second email' },
    attributes: { ...syntax('email', 'email'), autocomplete: 'email' },
    wrong: 'ada@', says: 'Enter an email address like name@example.com',
    type: 'Ada@Example.com', sent: 'ada@example.com',
  },
  phone: {
    field: { type: 'tel', label: 'Phone' },
    attributes: { ...syntax('tel', 'tel'), autocomplete: 'tel' },
    wrong: '12', says: 'Enter a phone number, such as +44 20 7946 0018',
    type: '0044 (20) 7946-0018', sent: '+442079460018',
  },
  website: {
    field: { type: 'url', label: 'Website' },
    attributes: { ...syntax('text', 'url'), autocomplete: 'url' },
    wrong: 'no address', says: 'Enter a web address, such as example.com',
    type: 'example.com/ada', sent: 'example.com/ada',
  },
  seats: {
    field: { type: 'number', label: 'Seats', rules: { min: 1, max: 100, step: 0.5 } },
    attributes: { ...syntax('text', 'decimal'), autocomplete: 'on' },
    wrong: 'many', says: 'Seats must be a number, such as 1000 or 2.5',
    type: '12,5', sent: '12.5',
  },
  birthday: {
    field: { type: 'date', label: 'Birthday' },
    attributes: { type: 'date', inputmode: null, autocomplete: 'bday', enterkeyhint: 'next' },
    wrong: '1210', says: 'Birthday must be a date with day, month and year',
    type: '12101815', sent: '1815-12-10',
  },
  pet: {
    field: { type: 'password', label: 'First pet' },
    attributes: { type: 'password', autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false', dir: 'ltr' },
    says: 'First pet is required',
    // A secret goes nowhere unless the config says where.
    type: 'Babbage', sent: undefined,
  },
  colour: {
    field: { type: 'select', label: 'Colour', options: colours },
    attributes: { autocomplete: 'on' },
    says: choose('Colour'),
    type: 'Gr', sent: 'g',
  },
  shade: {
    field: { type: 'radio', label: 'Shade', options: colours },
    role: 'radiogroup',
    says: choose('Shade'),
    keys: ['Space', 'ArrowDown'], sent: 'g',
  },
  parts: {
    field: { type: 'checkboxes', label: 'Parts', options: colours, required: true },
    role: 'group',
    says: choose('Parts'),
    keys: ['Space', 'Tab', 'Tab', 'Space'], deferred: ['r', 'b'],
  },
  engine: {
    field: { type: 'combobox', label: 'Engine', options: colours },
    role: 'combobox',
    attributes: { role: 'combobox', type: 'text', 'aria-autocomplete': 'list', spellcheck: 'false', autocapitalize: 'none', dir: 'auto' },
    wrong: 'steam', says: choose('Engine'),
    type: 're', keys: ['ArrowDown', 'ArrowDown', 'Enter'], sent: 'g',
  },
  country: {
    field: { type: 'country', label: 'Country' },
    attributes: { autocomplete: 'country' },
    says: choose('Country'),
    type: 'Japan', deferred: 'JP',
  },
  privacy: {
    field: { type: 'consent', label: 'I agree to the privacy policy', version: '2026-03', document: '/privacy', required: true },
    attributes: { type: 'checkbox', autocomplete: 'off' },
    says: 'Tick the box to continue: I agree to the privacy policy',
    keys: ['Space'], deferred: '2026-03',
  },
  news: {
    field: { type: 'checkbox', label: 'Send me news', required: true },
    attributes: { type: 'checkbox', autocomplete: 'off' },
    says: 'Tick the box to continue: Send me news',
    keys: ['Space'], deferred: 'true',
  },
  source: { field: { type: 'hidden', value: 'a <b>page</b>' }, deferred: 'a <b>page</b>' },
};

const seen = Object.entries(kinds).filter(([name]) => name !== 'source');
const ticked = ['consent', 'checkbox'];

/** The control of a field; of a group, what stands around it. */
function control(box, { field, role }, label = field.label) {
  return role ? box.root.getByRole(role, { name: label, exact: true }) : box.root.getByLabel(label, { exact: true });
}

/** Presses Tab until a control, or something in it, has focus. */
async function tabTo(page, target) {
  // A date has three parts and a button.
  for (let presses = 0; presses < 6; presses += 1) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((node) => node.contains(document.activeElement))) return;
  }
  await expect(target, 'six presses of Tab do not lead here').toBeFocused();
}

async function answer(page, { type = '', keys = [] }) {
  for (const [place, line] of type.split('\n').entries()) {
    if (place > 0) await page.keyboard.press('Enter');
    await page.keyboard.type(line);
  }
  for (const key of keys) await page.keyboard.press(key);
}

test.describe('each kind', () => {
  test.beforeEach(async ({ host }) => {
    host.options = { ...await boxOptions(), domain: host.origin };
  });

  for (const [name, kind] of seen) {
    test(`${kind.field.type}: attributes, help, what is optional, and its error`, async ({ page, host }) => {
      const box = new Box(page);
      host.options.additionalSignUpFields = [
        { ...kind.field, name, hint: 'This is a hint.', purpose: 'This is why.' },
        { ...kind.field, name: 'spare', label: 'Spare', required: false },
      ];
      await page.goto(host.origin);
      const own = control(box, kind);
      for (const [attribute, value] of Object.entries(kind.attributes ?? {})) {
        if (value === null) await expect(own).not.toHaveAttribute(attribute);
        else await expect(own).toHaveAttribute(attribute, value);
      }
      await expect(own).toHaveAccessibleDescription('This is a hint. This is why.');
      if (kind.role !== 'group') await expect(own).toHaveAttribute('aria-required', 'true');
      // A box that may be left alone needs no word for it.
      const spare = control(box, kind, ticked.includes(kind.field.type) ? 'Spare' : 'Spare (optional)');
      await expect(spare).toBeVisible();
      await expect(spare).not.toHaveAttribute('aria-required');

      await tabTo(page, own);
      if (kind.wrong) {
        await answer(page, { type: kind.wrong });
        await expect(box.errorOf(own)).toBeEmpty();
        for (let presses = 0; presses < 5 && await own.evaluate((node) => node === document.activeElement); presses += 1) {
          await page.keyboard.press('Tab');
        }
      } else {
        await box.submit.focus();
        await page.keyboard.press('Enter');
        await expect(box.summary).toBeFocused();
        await expect(box.summary.getByRole('link', { name: 'Spare' })).toHaveCount(0);
        await box.summary.getByRole('link', { name: kind.says }).press('Enter');
        expect(await own.evaluate((node) => node.contains(document.activeElement))).toBe(true);
      }
      await expect(box.errorOf(own)).toHaveText(kind.says);
      await expect(own).toHaveAttribute('aria-invalid', 'true');
      await expect(own).toHaveAccessibleDescription(`${kind.says} This is a hint. This is why.`);
      await expectAccessible(page);
    });
  }

  for (const colorScheme of ['light', 'dark']) {
    test(`all kinds at once: axe finds nothing in the ${colorScheme}`, async ({ page, host }) => {
      const box = new Box(page);
      host.options.additionalSignUpFields = Object.entries(kinds).map(([name, { field }]) => ({ ...field, name }));
      await page.emulateMedia({ colorScheme });
      await page.goto(host.origin);
      await expect(box.email).toBeVisible();
      await picture(page, `kinds-${colorScheme}`);
      await expectAccessible(page);
      await box.submit.click();
      await expect(box.summary).toBeFocused();
      await picture(page, `kinds-errors-${colorScheme}`);
      await expectAccessible(page);
      const engine = control(box, kinds.engine);
      await engine.focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      await expect(box.root.getByRole('listbox')).toBeVisible();
      await picture(page, `combobox-${colorScheme}`);
      await expectAccessible(page);
    });
  }
});

test.describe('a form of every kind', () => {
  test.use({ boxConfig: { additionalSignUpFields: Object.entries(kinds).map(([name, { field }]) => ({ ...field, name })) } });

  test('filled in and sent by keyboard alone, what was answered is stored', async ({ page, latchlet, host }) => {
    const box = new Box(page);
    const email = newEmail();
    await page.goto(host.origin);
    await tabTo(page, box.email);
    await page.keyboard.type(email);
    await tabTo(page, box.password);
    await page.keyboard.type(passwords.good);
    for (const [, kind] of seen) {
      await tabTo(page, control(box, kind));
      await answer(page, kind);
    }
    await tabTo(page, box.submit);
    const body = nextBody(page, '/dbconnections/signup');
    await page.keyboard.press('Enter');
    const sent = Object.fromEntries(Object.entries(kinds).filter(([, kind]) => kind.sent).map(([name, kind]) => [name, kind.sent]));
    expect((await body).user_metadata).toEqual(sent);
    // What does not fit a sign-up comes with the first update of the profile.
    const later = Object.fromEntries(Object.entries(kinds).filter(([, kind]) => kind.deferred).map(([name, kind]) => [name, kind.deferred]));
    expect((await storedProfile(page, latchlet)).user_metadata).toEqual({ ...sent, ...later, latchlet: receipts({ privacy: '2026-03' }) });
    expect(latchlet.proxy.seen.filter((one) => one.startsWith('PATCH '))).toHaveLength(1);
  });
});

test.describe('a combobox', () => {
  const names = ['Ada', 'Alan', 'Barbara', 'Grace'];

  test.beforeEach(async ({ host, page }) => {
    host.options = { ...await boxOptions(), domain: host.origin };
    host.options.additionalSignUpFields = [{ name: 'who', type: 'combobox', label: 'Who', options: names }];
    await page.goto(host.origin);
  });

  test('has the keys of the ARIA Authoring Practices', async ({ page }) => {
    const box = new Box(page);
    const who = box.root.getByRole('combobox', { name: 'Who' });
    const list = box.root.getByRole('listbox', { name: 'Who' });
    /** Which option assistive technology is told of. */
    const active = async (name) => {
      const option = list.getByRole('option', { name, exact: true });
      await expect(option).toHaveAttribute('aria-selected', 'true');
      await expect(who).toHaveAttribute('aria-activedescendant', await option.getAttribute('id'));
      await expect(list.locator('[aria-selected="true"]')).toHaveCount(1);
      await expect(who).toBeFocused();
    };
    await who.focus();
    await expect(who).toHaveAttribute('aria-expanded', 'false');
    await expect(list).toBeHidden();
    await page.keyboard.press('ArrowDown');
    await expect(who).toHaveAttribute('aria-expanded', 'true');
    await expect(list.getByRole('option')).toHaveText(names);
    await expect(box.status).toHaveText('4 options');
    await expect(who).not.toHaveAttribute('aria-activedescendant');
    for (const [key, name] of [
      ['ArrowDown', 'Ada'], ['ArrowDown', 'Alan'], ['ArrowUp', 'Ada'], ['ArrowUp', 'Grace'],
      ['ArrowDown', 'Ada'], ['End', 'Grace'], ['Home', 'Ada'],
    ]) {
      await page.keyboard.press(key);
      await active(name);
    }
    await page.keyboard.press('Escape');
    await expect(list).toBeHidden();
    await expect(who).toHaveValue('');
    await page.keyboard.type('a');
    await expect(list.getByRole('option')).toHaveText(names);
    await page.keyboard.type('l');
    await expect(list.getByRole('option')).toHaveText(['Alan']);
    await expect(box.status).toHaveText('One option');
    await page.keyboard.press('ArrowDown');
    await active('Alan');
    await page.keyboard.press('Enter');
    await expect(list).toBeHidden();
    await expect(who).toHaveValue('Alan');
    await expect(box.summary, 'Enter chose, and sent nothing').toBeHidden();
    // A choice that was made is no search: the whole list comes again.
    await page.keyboard.press('ArrowUp');
    await expect(list.getByRole('option')).toHaveText(names);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    await expect(box.summary, 'with a closed list Enter sends').toBeFocused();
    await expect(box.errorOf(who)).toBeEmpty();
  });

  test('says that nothing matches, and keeps what was typed', async ({ page }) => {
    const box = new Box(page);
    const who = box.root.getByRole('combobox', { name: 'Who' });
    await who.focus();
    await page.keyboard.type('zzz');
    await expect(box.status).toHaveText('No option matches');
    await expect(box.root.getByRole('option')).toHaveText('No option matches');
    await expectAccessible(page);
    await page.keyboard.press('Tab');
    await expect(who).toHaveValue('zzz');
    await expect(box.errorOf(who)).toHaveText(choose('Who'));
    await who.fill('grace');
    await page.keyboard.press('Tab');
    await expect(who).toHaveValue('Grace');
    await expect(box.errorOf(who)).toBeEmpty();
  });

  test('is chosen from by mouse too', async ({ page }) => {
    const box = new Box(page);
    const who = box.root.getByRole('combobox', { name: 'Who' });
    await who.click();
    await box.root.getByRole('option', { name: 'Barbara' }).click();
    await expect(who).toHaveValue('Barbara');
    await expect(who).toBeFocused();
    await expect(box.root.getByRole('listbox')).toBeHidden();
  });
});

test.describe('fields named like parts of a form, an object or the document', () => {
  const names = ['submit', 'action', 'method', 'constructor', '__proto__', 'parentNode', 'nodeName', 'cookie', 'title', 'summary'];
  test.use({ boxConfig: { additionalSignUpFields: names.map((name) => ({ name, label: `Field ${name}` })) } });

  test('are asked, judged, sent and stored like any other', async ({ page, latchlet, host }) => {
    const box = new Box(page);
    await page.goto(host.origin);
    await box.submit.click();
    await expect(box.summary).toBeFocused();
    for (const name of names) {
      const own = box.root.getByLabel(`Field ${name}`, { exact: true });
      await expect(box.errorOf(own)).toHaveText(`Field ${name} is required`);
      await box.summary.getByRole('link', { name: `Field ${name} is required` }).click();
      await expect(own).toBeFocused();
      await own.fill(`value of ${name}`);
      await expect(box.errorOf(own)).toBeEmpty();
    }
    const ids = await page.locator('[id]').evaluateAll((nodes) => nodes.map((node) => node.id));
    expect(ids).toEqual([...new Set(ids)]);
    const kept = await box.root.locator('form').evaluate((form) => ({
      submit: typeof form.submit, method: form.method, parent: form.parentNode.nodeType,
      name: form.nodeName, cookie: typeof document.cookie, polluted: 'value' in {},
    }));
    expect(kept).toEqual({ submit: 'function', method: 'post', parent: 1, name: 'FORM', cookie: 'string', polluted: false });
    await box.email.fill(newEmail());
    await box.password.fill(passwords.good);
    await box.submit.click();
    const { user_metadata: metadata } = await storedProfile(page, latchlet);
    expect(Object.entries(metadata).sort()).toEqual(names.map((name) => [name, `value of ${name}`]).sort());
  });
});

test('an Object.prototype that somebody polluted changes nothing', async ({ page, latchlet, host }) => {
  await page.addInitScript(() => {
    Object.assign(Object.prototype, {
      y: 'polluted', additionalSignUpFields: [], allowSignUp: false, initialScreen: 'login', loginAfterSignUp: false,
      draft: true, required: false, rules: { maxLength: 1 }, storage: 'root', when: { known: 'x', exists: true },
      validator: () => false, options: [], prefill: 'polluted', valid: false, hint: 'polluted', code: 'polluted',
      audience: 'polluted', redirectUrl: 'https://evil.example/', code_challenge: 'polluted', user_metadata: 'polluted',
    });
  });
  const box = new Box(page);
  await page.goto(host.origin);
  await box.submit.click();
  await expect(box.summary.getByRole('heading')).toHaveText('There are 4 problems');
  const body = nextBody(page, '/dbconnections/signup');
  await box.fill({ email: newEmail() });
  await box.submit.click();
  expect((await body).user_metadata).toEqual({ team_size: '1', newsletter: 'false', source: 'demo' });
  expect((await storedProfile(page, latchlet)).user_metadata).toEqual({ team_size: '1', newsletter: 'false', source: 'demo' });
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
});

test('a config with `__proto__` in it is refused and pollutes nothing', async ({ page, host, watched }) => {
  watched.allow(/Latchlet config/);
  const own = JSON.parse('{ "__proto__": { "polluted": true } }');
  host.options = { ...await boxOptions(), domain: host.origin };
  host.options.additionalSignUpFields = [Object.assign(JSON.parse('{ "__proto__": { "polluted": true }, "name": "a" }'), { label: 'A' })];
  Object.defineProperty(host.options, '__proto__', { value: own, enumerable: true });
  await page.goto(host.origin);
  const items = new Box(page).root.getByRole('alert').getByRole('listitem');
  await expect(items.filter({ hasText: '__proto__' })).toHaveCount(2);
  expect(await page.evaluate(() => 'polluted' in {})).toBe(false);
});
