// Rules as data and the page's own checks: what is said, when, and what is sent.

import { expectAccessible } from './harness/axe.mjs';
import { Box, passwords } from './harness/box.mjs';
import { nextBody, storedProfile } from './harness/profile.mjs';
import { boxOptions, expect, newEmail, test } from './harness/test.mjs';

const options = ['a', 'b', 'c'];

/** By what breaks it: a field, what breaks its rule, and what is said then. */
const rules = {
  required: { field: {}, wrong: '', says: 'It is required' },
  minLength: { field: { rules: { minLength: 3 } }, wrong: 'ab', says: 'It must have at least 3 characters' },
  // In code points: each of these is two units of UTF-16.
  maxLength: { field: { rules: { maxLength: 3 } }, right: '🔑🔑🔑', wrong: '🔑🔑🔑🔑', says: 'It must have 3 characters or fewer' },
  pattern: { field: { rules: { pattern: '[A-Z]{2}[0-9]+' } }, right: 'AB12', wrong: 'xAB12', says: 'It isn’t in the right format' },
  oneOf: { field: { rules: { oneOf: ['yes', 'no'] } }, right: 'no', wrong: 'maybe', says: 'It isn’t one of the accepted answers' },
  equals: { field: { rules: { equals: 'email' } }, wrong: 'other@example.com', says: 'It must be the same as above' },
  min: { field: { type: 'number', rules: { min: 2 } }, right: '2', wrong: '1', says: 'It must be 2 or more' },
  max: { field: { type: 'number', rules: { max: 2 } }, right: '2.0', wrong: '2.1', says: 'It must be 2 or less' },
  step: { field: { type: 'number', rules: { step: 0.25 } }, right: '0.75', wrong: '0.8', says: 'It must go in steps of 0.25' },
  type: { field: { type: 'tel' }, right: '+1 555 0100', wrong: 'call me', says: 'Enter a phone number, such as +44 20 7946 0018' },
  minItems: { field: { type: 'checkboxes', options, required: true, rules: { minItems: 2 } }, tick: ['a'], says: 'Choose at least 2 for “It”' },
  maxItems: { field: { type: 'checkboxes', options, rules: { maxItems: 1 } }, tick: ['a', 'c'], says: 'Choose 1 or fewer for “It”' },
  options: { field: { type: 'combobox', options }, right: 'b', wrong: 'd', says: 'Choose an option for “It”' },
};

test.beforeEach(async ({ host }) => {
  host.options = { ...await boxOptions(), domain: host.origin };
});

for (const [rule, { field, right, wrong, tick, says }] of Object.entries(rules)) {
  test(`${rule}: its own words, the developer's, and those in a language`, async ({ page, host }) => {
    const box = new Box(page);
    host.options.language = 'de-AT';
    host.options.additionalSignUpFields = [
      { ...field, name: 'plain', label: 'It' },
      { ...field, name: 'custom', label: 'Custom', messages: { [rule]: 'Own <b>words</b>' } },
      { ...field, name: 'language', label: 'Sprache', messages: { [rule]: { en: 'English words', de: 'Deutsche Wörter' } } },
    ];
    await page.goto(host.origin);
    const said = { It: says, Custom: 'Own <b>words</b>', Sprache: 'Deutsche Wörter' };
    for (const [label, words] of Object.entries(said)) {
      const roles = { checkboxes: 'group', combobox: 'combobox' };
      const own = roles[field.type]
        ? box.root.getByRole(roles[field.type], { name: label })
        : box.root.getByLabel(label, { exact: true });
      if (right !== undefined) {
        await own.fill(right);
        await own.press('Tab');
        await expect(box.errorOf(own)).toBeEmpty();
      }
      for (const option of tick ?? []) await own.getByLabel(option, { exact: true }).check();
      if (wrong) {
        await own.fill(wrong);
        await own.press('Tab');
      } else {
        await box.submit.click();
      }
      await expect(box.errorOf(own)).toHaveText(words);
    }
  });
}

test('dates have a first and a last day, also relative to today', async ({ page, host }) => {
  await page.clock.setFixedTime('2026-03-15T12:00:00');
  const box = new Box(page);
  host.options.additionalSignUpFields = [
    { name: 'birth', type: 'date', label: 'Birthday', rules: { max: 'today-18y' } },
    { name: 'start', type: 'date', label: 'Start', rules: { min: '2026-02-01', max: 'today+6m' } },
  ];
  await page.goto(host.origin);
  for (const [label, date, words] of [
    ['Birthday', '2008-03-16', 'Birthday must be 2008-03-15 or earlier'],
    ['Birthday', '2008-03-15', ''],
    ['Start', '2026-01-31', 'Start must be 2026-02-01 or later'],
    ['Start', '2026-09-16', 'Start must be 2026-09-15 or earlier'],
    ['Start', '2026-09-15', ''],
  ]) {
    const own = box.root.getByLabel(label, { exact: true });
    await own.fill(date);
    await own.blur();
    await expect(box.errorOf(own)).toHaveText(words);
  }
});

test.describe('a password that is asked for twice', () => {
  test.use({
    boxConfig: {
      additionalSignUpFields: [{ name: 'again', type: 'password', label: 'Password again', autocomplete: 'new-password', rules: { equals: 'password' } }],
    },
  });

  test('must be the same, and is never sent a second time', async ({ page, latchlet, host }) => {
    const box = new Box(page);
    host.options.domain = latchlet.origin;
    await page.goto(host.origin);
    const again = box.root.getByLabel('Password again', { exact: true });
    await box.email.fill(newEmail());
    await box.password.fill(passwords.good);
    await again.fill(`${passwords.good}!`);
    await again.press('Tab');
    await expect(box.errorOf(again)).toHaveText('Password again must be the same as above');
    await again.fill(passwords.good);
    await expect(box.errorOf(again)).toBeEmpty();
    const body = nextBody(page, '/dbconnections/signup');
    await box.submit.click();
    const sent = await body;
    expect(JSON.stringify(sent).split(passwords.good)).toHaveLength(2);
    expect(sent).not.toHaveProperty('user_metadata.again');
    await storedProfile(page, latchlet);
  });
});

test.describe('the page\'s own check', () => {
  test.beforeEach(async ({ host }) => {
    host.options.additionalSignUpFields = [{ name: 'nick', label: 'Nickname', required: true }, { name: 'other', label: 'Other', required: false }];
  });

  const nick = (box) => box.root.getByLabel('Nickname', { exact: true });

  test('says no with `false`, and no more', async ({ page, host }) => {
    host.change = (given) => { given.additionalSignUpFields[0].validator = (value) => value !== 'root'; };
    await page.goto(host.origin);
    const box = new Box(page);
    await nick(box).fill('root');
    await nick(box).press('Tab');
    await expect(box.errorOf(nick(box))).toHaveText('Nickname isn’t in the right format');
    await nick(box).fill('ada');
    await expect(box.errorOf(nick(box))).toBeEmpty();
  });

  test('says no in its own words, as text, or in those of `messages`', async ({ page, host }) => {
    host.change = (given) => {
      const [first, second] = given.additionalSignUpFields;
      first.validator = (value) => ({ valid: value.length > 3, hint: `<i>${value}</i> is too short` });
      Object.assign(second, { validator: () => ({ valid: false, hint: 'ignored' }), messages: { validator: 'Said by the config' } });
    };
    await page.goto(host.origin);
    const box = new Box(page);
    await nick(box).fill('ada');
    await nick(box).press('Tab');
    await expect(box.errorOf(nick(box))).toHaveText('<i>ada</i> is too short');
    const other = box.root.getByLabel('Other (optional)', { exact: true });
    await other.fill('x');
    await other.press('Tab');
    await expect(box.errorOf(other)).toHaveText('Said by the config');
  });

  for (const [how, validator] of Object.entries({
    'a promise': async (value) => {
      globalThis.asked = [...globalThis.asked ?? [], value];
      await new Promise((resolve) => { setTimeout(resolve, 50); });
      return value === 'ada' ? { valid: false, hint: 'ada is taken' } : true;
    },
    'a callback': (value, done) => {
      globalThis.asked = [...globalThis.asked ?? [], value];
      setTimeout(() => done(value === 'ada' ? { valid: false, hint: 'ada is taken' } : true), 50);
    },
    'a callback with an error first': (value, done) => {
      globalThis.asked = [...globalThis.asked ?? [], value];
      setTimeout(() => done(null, value === 'ada' ? { valid: false, hint: 'ada is taken' } : true), 50);
    },
  })) {
    test(`takes its time as ${how}, once nobody types`, async ({ page, host }) => {
      host.change = `(given) => { given.additionalSignUpFields[0].validator = ${validator}; }`;
      await page.clock.install();
      await page.goto(host.origin);
      const box = new Box(page);
      await page.clock.pauseAt(Date.now() + 60_000);
      await nick(box).pressSequentially('ada');
      // The first keystroke finds out that the check is slow.
      expect(await page.evaluate(() => globalThis.asked)).toEqual(['a']);
      await page.clock.runFor(399);
      expect(await page.evaluate(() => globalThis.asked)).toEqual(['a']);
      await page.clock.runFor(1);
      expect(await page.evaluate(() => globalThis.asked)).toEqual(['a', 'ada']);
      await page.clock.resume();
      await expect(box.errorOf(nick(box))).toHaveText('ada is taken');
      await nick(box).press('l');
      await expect(box.errorOf(nick(box))).toBeEmpty();
    });
  }

  test('is heard: under way, and what it found', async ({ page, host }) => {
    host.change = (given) => {
      given.additionalSignUpFields[0].validator = () => new Promise((resolve) => { globalThis.answer = resolve; });
    };
    await page.goto(host.origin);
    const box = new Box(page);
    await nick(box).fill('ada');
    await expect(box.status).toHaveText('Checking…');
    await expect(box.root.getByText('Checking…')).toHaveCount(2);
    await expectAccessible(page);
    await page.evaluate(() => globalThis.answer({ valid: false, hint: 'ada is taken' }));
    await expect(box.errorOf(nick(box))).toHaveText('ada is taken');
    await expect(box.status).toHaveText('ada is taken');
    await nick(box).fill('alan');
    await expect(box.status).toHaveText('Checking…');
    await page.evaluate(() => globalThis.answer(true));
    await expect(box.status).toBeEmpty();
    await expect(box.errorOf(nick(box))).toBeEmpty();
    await expect(box.root.getByText('Checking…')).toHaveCount(0);
  });

  test('is called off by its signal when the answer changes, and its late word counts for nothing', async ({ page, host }) => {
    host.change = (given) => {
      globalThis.calls = [];
      given.additionalSignUpFields[0].validator = (value, done, signal) => new Promise((resolve) => {
        globalThis.calls.push({ value, signal, resolve });
      });
    };
    await page.goto(host.origin);
    const box = new Box(page);
    const calls = () => page.evaluate(() => globalThis.calls.map(({ value, signal }) => [value, signal.aborted]));
    await nick(box).fill('ada');
    await expect.poll(calls).toEqual([['ada', false]]);
    await expect(box.status).toHaveText('Checking…');
    await nick(box).fill('alan');
    await expect.poll(calls).toEqual([['ada', true], ['alan', false]]);
    await page.evaluate(() => globalThis.calls[0].resolve({ valid: false, hint: 'too late' }));
    await page.evaluate(() => globalThis.calls[1].resolve(true));
    await expect(box.status).toBeEmpty();
    await expect(box.errorOf(nick(box))).toBeEmpty();
    expect(await page.evaluate(() => globalThis.calls[1].signal.aborted)).toBe(false);
  });

  test('holds up a submit until it has answered, for what was typed last', async ({ page, host }) => {
    host.change = (given) => {
      globalThis.calls = [];
      given.additionalSignUpFields[0].validator = (value) => new Promise((resolve) => { globalThis.calls.push({ value, resolve }); });
    };
    const sent = [];
    page.on('request', (request) => { if (request.method() === 'POST') sent.push(request.url()); });
    await page.goto(host.origin);
    const box = new Box(page);
    await box.email.fill('ada@example.com');
    await box.password.fill(passwords.good);
    await nick(box).fill('ada');
    await box.submit.click();
    await expect(box.submit).toHaveAttribute('aria-disabled', 'true');
    await expect.poll(() => page.evaluate(() => globalThis.calls.length)).toBeGreaterThan(0);
    await nick(box).fill('root');
    await page.evaluate(() => globalThis.calls.forEach(({ resolve }) => resolve(true)));
    await expect.poll(() => page.evaluate(() => globalThis.calls.at(-1).value)).toBe('root');
    await page.evaluate(() => globalThis.calls.at(-1).resolve({ valid: false, hint: 'root is taken' }));
    await expect(box.errorOf(nick(box))).toHaveText('root is taken');
    await expect(box.submit).not.toHaveAttribute('aria-disabled');
    await expect(box.summary).toBeVisible();
    expect(sent).toEqual([]);
  });
});

test.describe('a check of the page that fails', () => {
  test.use({
    boxConfig: { additionalSignUpFields: [{ name: 'nick', label: 'Nickname', required: true }, { name: 'other', label: 'Other', rules: { minLength: 3 } }] },
  });

  test.beforeEach(({ latchlet, host }) => { host.options.domain = latchlet.origin; });

  for (const [how, validator, reported] of [
    ['throws', () => { throw new Error('boom'); }, /validator threw: boom/],
    ['rejects', () => Promise.reject(new Error('boom')), /validator threw: boom/],
    ['says nothing that counts', () => 'yes', /neither a boolean nor/],
  ]) {
    test(`it ${how}: its field is accepted, others are judged, and it is reported`, async ({ page, latchlet, host, watched }) => {
      watched.allow(/Latchlet: a validator/);
      const reports = [];
      page.on('console', (message) => reports.push(message.text()));
      host.change = `(given) => { given.additionalSignUpFields[0].validator = ${validator}; }`;
      await page.goto(host.origin);
      const box = new Box(page);
      await box.email.fill(newEmail());
      await box.password.fill(passwords.good);
      await box.root.getByLabel('Nickname', { exact: true }).fill('ada');
      const other = box.root.getByLabel('Other', { exact: true });
      await other.fill('x');
      await box.submit.click();
      await expect(box.errorOf(other)).toHaveText('Other must have at least 3 characters');
      await other.fill('xyz');
      await box.submit.click();
      expect((await storedProfile(page, latchlet)).user_metadata).toEqual({ nick: 'ada', other: 'xyz' });
      expect(reports.join('\n')).toMatch(reported);
    });
  }

  test('it never answers: after six seconds its field is accepted, and it is reported', async ({ page, latchlet, host, watched }) => {
    watched.allow(/Latchlet: a validator/);
    const reports = [];
    page.on('console', (message) => reports.push(message.text()));
    host.change = (given) => { given.additionalSignUpFields[0].validator = () => new Promise(() => {}); };
    await page.clock.install();
    await page.goto(host.origin);
    const box = new Box(page);
    await box.email.fill(newEmail());
    await box.password.fill(passwords.good);
    await box.root.getByLabel('Nickname', { exact: true }).fill('ada');
    await box.root.getByLabel('Other', { exact: true }).fill('xyz');
    await box.submit.click();
    await expect(box.status).toHaveText('Checking…');
    await expect(box.submit).toHaveAttribute('aria-disabled', 'true');
    expect(latchlet.proxy.count('POST /dbconnections/signup')).toBe(0);
    await page.clock.fastForward(6_000);
    expect((await storedProfile(page, latchlet)).user_metadata).toEqual({ nick: 'ada', other: 'xyz' });
    expect(reports.join('\n')).toMatch(/did not answer in 6 seconds/);
  });
});
