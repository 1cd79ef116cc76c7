// Options and prefills that are loaded: by a callback, a promise or an address.
// Nothing else waits for them, and what does not come can be tried again.

import { once } from 'node:events';
import http from 'node:http';
import { expectAccessible } from './harness/axe.mjs';
import { Box, passwords } from './harness/box.mjs';
import { storedProfile } from './harness/profile.mjs';
import { boxOptions, expect, newEmail, picture, test as base } from './harness/test.mjs';

const plans = [{ value: 'free', label: 'Free' }, { value: 'pro', label: 'Professional' }];

const test = base.extend({
  /** A third origin that gives JSON, and how it does. */
  elsewhere: async ({ host }, use) => {
    const elsewhere = { answer: (response) => response.end(JSON.stringify(plans)), cors: true, asked: 0 };
    const server = http.createServer((request, response) => {
      elsewhere.asked += 1;
      response.setHeader('content-type', 'application/json');
      if (elsewhere.cors) response.setHeader('access-control-allow-origin', host.origin);
      elsewhere.answer(response);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    elsewhere.origin = `http://127.0.0.1:${server.address().port}`;
    host.connectTo = `${host.connectTo} ${elsewhere.origin}`.trim();
    await use(elsewhere);
    server.closeAllConnections();
    server.close();
  },
});

const plan = (box) => box.root.getByLabel('Plan', { exact: true });
const retry = (box) => box.root.getByRole('button', { name: 'Try again' });

test.beforeEach(async ({ host }) => {
  host.options = { ...await boxOptions(), domain: host.origin };
  host.options.additionalSignUpFields = [{ name: 'plan', type: 'select', label: 'Plan', options: [] }, { name: 'motto', label: 'Motto' }];
});

const ways = {
  'a value': () => [{ value: 'free', label: 'Free' }, { value: 'pro', label: 'Professional' }],
  'a promise': async () => [{ value: 'free', label: 'Free' }, { value: 'pro', label: 'Professional' }],
  'a callback': (done) => { setTimeout(() => done(null, [{ value: 'free', label: 'Free' }, { value: 'pro', label: 'Professional' }]), 20); },
};

for (const [way, options] of Object.entries(ways)) {
  test(`options come by ${way}`, async ({ page, host }) => {
    host.change = `(given) => { given.additionalSignUpFields[0].options = ${options}; }`;
    await page.goto(host.origin);
    const box = new Box(page);
    await expect(plan(box).locator('option')).toHaveText(['Choose one', 'Free', 'Professional']);
    await expect(plan(box)).not.toHaveAttribute('aria-busy');
    await plan(box).selectOption('pro');
    await box.submit.click();
    await expect(box.errorOf(plan(box))).toBeEmpty();
  });
}

test('options come from an address of another origin', async ({ page, host, elsewhere }) => {
  host.options.additionalSignUpFields[0].options = { url: `${elsewhere.origin}/plans.json` };
  await page.goto(host.origin);
  const box = new Box(page);
  await expect(plan(box).locator('option')).toHaveText(['Choose one', 'Free', 'Professional']);
  expect(elsewhere.asked).toBe(1);
});

for (const type of ['select', 'radio', 'checkboxes', 'combobox']) {
  test(`${type}: it says that it loads, that it failed, and loads again`, async ({ page, host, watched }) => {
    watched.allow(/no options for `plan`: the shop is closed/);
    host.options.additionalSignUpFields[0].type = type;
    host.change = (given) => {
      globalThis.calls = [];
      given.additionalSignUpFields[0].options = () => new Promise((resolve, reject) => { globalThis.calls.push({ resolve, reject }); });
    };
    const settle = (how, value) => page.evaluate(([name, given]) =>
      globalThis.calls.at(-1)[name](name === 'reject' ? new Error(given) : given), [how, value]);
    await page.goto(host.origin);
    const box = new Box(page);
    const busy = box.root.locator('[aria-busy="true"]');
    await expect(busy).toHaveCount(1);
    if (type !== 'combobox') await expect(busy).toContainText('Loading the options…');
    // Everything else goes on.
    await box.root.getByLabel('Motto').fill('slow and steady');
    await expectAccessible(page);
    await settle('reject', 'the shop is closed');
    await expect(busy).toHaveCount(0);
    await expect(box.root.getByText('The options could not be loaded.').first()).toBeVisible();
    await expect(box.status).toHaveText('The options could not be loaded.');
    await picture(page, `loading-failed-${type}`);
    await expectAccessible(page);
    await retry(box).focus();
    await page.keyboard.press('Enter');
    await expect(busy).toHaveCount(1);
    await expect(retry(box)).toHaveCount(0);
    expect(await page.evaluate(() => document.activeElement !== document.body), 'focus is not lost').toBe(true);
    await settle('resolve', ['Free', 'Professional']);
    await expect(busy).toHaveCount(0);
    if (type === 'combobox') {
      await box.root.getByRole('combobox').fill('prof');
      await expect(box.root.getByRole('option')).toHaveText(['Professional']);
    } else if (type === 'select') {
      await plan(box).selectOption('Professional');
    } else {
      await box.root.getByLabel('Professional').check();
    }
    await expect(box.root.getByLabel('Motto')).toHaveValue('slow and steady');
  });
}

for (const [how, spoil, reported] of [
  ['answers with an error', (elsewhere) => { elsewhere.answer = (response) => response.writeHead(503).end(); }, /the server answered 503/],
  ['is closed to this page', (elsewhere) => { elsewhere.cors = false; }, /cannot be reached, or allows no request/],
  ['gives something else', (elsewhere) => { elsewhere.answer = (response) => response.end('{"plans":[]}'); }, /give a list of/],
  ['never answers', (elsewhere) => { elsewhere.answer = () => {}; }, /did not answer in 6 seconds/],
]) {
  test(`an address that ${how}: the error stays in the field, and a second try works`, async ({ page, host, elsewhere, watched }) => {
    watched.allow(/Latchlet: no options|CORS|net::ERR|Failed to load/);
    const reports = [];
    page.on('console', (message) => reports.push(message.text()));
    host.options.additionalSignUpFields[0].options = { url: `${elsewhere.origin}/plans.json` };
    const { answer } = elsewhere;
    spoil(elsewhere);
    await page.goto(host.origin);
    const box = new Box(page);
    await expect(retry(box)).toBeVisible();
    await expect.poll(() => reports.join('\n')).toMatch(reported);
    await box.submit.click();
    await expect(box.errorOf(plan(box))).toHaveText('Choose an option for “Plan”');
    Object.assign(elsewhere, { answer, cors: true });
    await retry(box).click();
    await expect(plan(box).locator('option')).toHaveText(['Choose one', 'Free', 'Professional']);
    await expect(retry(box)).toHaveCount(0);
  });
}

test('a function that never answers is given up on after six seconds, and told so', async ({ page, host, watched }) => {
  watched.allow(/did not answer in 6 seconds/);
  host.change = (given) => {
    given.additionalSignUpFields[0].options = (done, signal) => { globalThis.signal = signal; };
    given.additionalSignUpFields[1].prefill = () => new Promise(() => {});
  };
  await page.clock.install();
  await page.goto(host.origin);
  const box = new Box(page);
  await expect(plan(box)).toHaveAttribute('aria-busy', 'true');
  await page.clock.fastForward(6_000);
  await expect(retry(box)).toBeVisible();
  expect(await page.evaluate(() => globalThis.signal.aborted)).toBe(true);
  await expect(box.root.getByLabel('Motto')).toHaveValue('');
});

test('a function that throws is reported, and the field says that it failed', async ({ page, host, watched }) => {
  watched.allow(/no options for `plan`: boom|no prefill for `motto`: boom/);
  host.change = (given) => {
    given.additionalSignUpFields[0].options = () => { throw new Error('boom'); };
    given.additionalSignUpFields[1].prefill = () => { throw new Error('boom'); };
  };
  await page.goto(host.origin);
  const box = new Box(page);
  await expect(retry(box)).toBeVisible();
  await expect(box.root.getByLabel('Motto')).toBeEditable();
});

test('unmounted while it loads and mounted again, it loads again', async ({ page, host, watched }) => {
  host.change = (given) => {
    globalThis.calls = [];
    given.additionalSignUpFields[0].options = () => new Promise((resolve) => { globalThis.calls.push(resolve); });
  };
  await page.goto(host.origin);
  const box = new Box(page);
  await expect(plan(box)).toHaveAttribute('aria-busy', 'true');
  await page.evaluate(() => globalThis.latchletTest.handle.unmount());
  await expect(box.root).toHaveCount(0);
  await page.evaluate(() => {
    globalThis.calls[0](['Late']);
    const { mount, element, options } = globalThis.latchletTest;
    globalThis.latchletTest.handle = mount(element, options);
  });
  await expect(plan(box)).toHaveAttribute('aria-busy', 'true');
  await page.evaluate(() => globalThis.calls[1](['Free']));
  await expect(plan(box).locator('option')).toHaveText(['Choose one', 'Free']);
  expect(watched.troubles).toEqual([]);
});

test.describe('prefills', () => {
  const kinds = {
    text: { label: 'Text' },
    number: { label: 'Number', type: 'number' },
    tick: { label: 'Tick', type: 'checkbox' },
    select: { label: 'Select', type: 'select', options: plans },
    radio: { label: 'Radio', type: 'radio', options: plans },
    boxes: { label: 'Boxes', type: 'checkboxes', options: plans },
    combo: { label: 'Combo', type: 'combobox', options: plans },
    where: { label: 'Where', type: 'country' },
  };
  test.use({ boxConfig: { additionalSignUpFields: Object.entries(kinds).map(([name, field]) => ({ name, ...field })) } });

  test('come late, for each kind, and are sent', async ({ page, latchlet, host }) => {
    host.options = { ...await boxOptions(), domain: latchlet.origin, auth: { audience: `${latchlet.origin}/api/v2/`, params: { scope: 'openid profile email read:current_user update:current_user_metadata' } } };
    host.options.additionalSignUpFields = Object.entries(kinds).map(([name, field]) => ({ name, ...field }));
    host.change = (given) => {
      const known = { text: 'Ada & "Co"', number: 12.5, tick: true, select: 'pro', radio: 'pro', boxes: ['free', 'pro'], combo: 'pro', where: 'JP' };
      const late = (value) => new Promise((resolve) => { setTimeout(() => resolve(value), 50); });
      for (const field of given.additionalSignUpFields) {
        field.prefill = field.name === 'text'
          ? (done) => { setTimeout(() => done(null, known.text), 50); }
          : () => late(known[field.name]);
      }
    };
    await page.goto(host.origin);
    const box = new Box(page);
    await expect(box.root.getByLabel('Text')).toHaveValue('Ada & "Co"');
    await expect(box.root.getByLabel('Number')).toHaveValue('12.5');
    await expect(box.root.getByLabel('Tick')).toBeChecked();
    await expect(box.root.getByLabel('Select')).toHaveValue('pro');
    await expect(box.root.getByRole('radio', { name: 'Professional' })).toBeChecked();
    await expect(box.root.getByRole('group', { name: 'Boxes' }).getByRole('checkbox', { checked: true })).toHaveCount(2);
    await expect(box.root.getByRole('combobox', { name: 'Combo' })).toHaveValue('Professional');
    await expect(box.root.getByLabel('Where')).toHaveValue('JP');
    await expect(box.root.locator('[part="error"]:not(:empty)')).toHaveCount(0);
    await box.email.fill(newEmail());
    await box.password.fill(passwords.good);
    await box.submit.click();
    expect((await storedProfile(page, latchlet)).user_metadata).toEqual({
      text: 'Ada & "Co"', number: '12.5', tick: 'true', select: 'pro', radio: 'pro', boxes: ['free', 'pro'], combo: 'pro', where: 'JP',
    });
  });
});

test('a prefill from an address comes in, and never over what somebody typed', async ({ page, host, elsewhere }) => {
  let answer;
  elsewhere.answer = (response) => { answer = () => response.end('"too late"'); };
  host.options.additionalSignUpFields[0] = { name: 'plan', label: 'Plan', prefill: { url: `${elsewhere.origin}/plan` } };
  await page.goto(host.origin);
  const box = new Box(page);
  await expect.poll(() => elsewhere.asked).toBe(1);
  await plan(box).fill('mine');
  const answered = page.waitForResponse(`${elsewhere.origin}/plan`);
  answer();
  await (await answered).finished();
  await box.root.getByLabel('Motto').fill('x');
  await expect(plan(box)).toHaveValue('mine');
  elsewhere.answer = (response) => response.end('"in time"');
  await page.reload();
  await expect(plan(box)).toHaveValue('in time');
});

test('ten thousand options: all are searched and counted, fifty are drawn', async ({ page, host }) => {
  host.change = (given) => {
    const options = Array.from({ length: 10_000 }, (_, place) => ({ value: `v${place}`, label: `Town ${place}` }));
    Object.assign(given.additionalSignUpFields[0], { type: 'combobox', options: async () => options });
  };
  await page.goto(host.origin);
  const box = new Box(page);
  const input = box.root.getByRole('combobox', { name: 'Plan' });
  const drawn = box.root.getByRole('option');
  await expect(input).not.toHaveAttribute('aria-busy');
  await input.focus();
  await page.keyboard.press('ArrowDown');
  await expect(box.status).toHaveText('10000 options');
  await expect(drawn).toHaveCount(50);
  await page.keyboard.type('town 99');
  await expect(box.status).toHaveText('111 options');
  await expect(drawn).toHaveCount(50);
  await page.keyboard.type('99');
  await expect(box.status).toHaveText('One option');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(input).toHaveValue('Town 9999');
});
