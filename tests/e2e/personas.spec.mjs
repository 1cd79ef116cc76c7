// Ten logins of four people, in the real box against the real server with a
// clock that is put forward: what is asked, and why the rest is not, is what
// `latchlet simulate` says.

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { Box, passwords } from './harness/box.mjs';
import { executable, root } from './harness/environment.mjs';
import { expect, newEmail, test } from './harness/test.mjs';

const LOGINS = 10;
const example = (file) => JSON.parse(fs.readFileSync(path.join(root, 'examples', file), 'utf8'));
const config = example('progressive.json');
const { additionalSignUpFields, progressiveProfile } = config;
const question = (name) => progressiveProfile.fields.find((field) => field.name === name);
const label = (name) => question(name).label;

/** What the simulator says, without times. */
function simulated(persona, info) {
  const files = { config: info.outputPath('config.json'), persona: info.outputPath('persona.json') };
  fs.mkdirSync(path.dirname(files.config), { recursive: true });
  fs.writeFileSync(files.config, JSON.stringify(config));
  fs.writeFileSync(files.persona, JSON.stringify(persona));
  const said = execFileSync(executable('LATCHLET_TEST_SERVER'), [
    'simulate', '--config', files.config, '--persona', files.persona, '--logins', `${LOGINS}`, '--format', 'json',
  ]);
  const { logins, user_metadata: stored } = JSON.parse(said);
  return { timeline: logins.map(({ login, plan }) => ({ login, ...timeless(plan) })), stored };
}

/** A plan without its times: which questions, and the reason of each. */
function timeless({ ask, maySkip, reasons }) {
  const codes = Object.entries(reasons).map(([name, { code, source, login }]) => [name, [code, source, login].join(' ').trim()]);
  return { ask: ask.map(({ name, why }) => `${name} ${why}`), maySkip, reasons: Object.fromEntries(codes) };
}

const seconds = (time) => parseInt(time, 10) * { h: 3600, d: 86400, w: 604800 }[time.at(-1)];

/** The n-th of a list whose last holds on, or of a single one. */
function nth(list, n, otherwise) {
  const all = list === undefined ? [otherwise] : [list].flat();
  return all[Math.min(n, all.length - 1)];
}

/** Puts the clocks of the server and of the page forward. */
class Clock {
  constructor(page, latchlet) {
    Object.assign(this, { page, latchlet, now: Date.now() });
  }

  async forward(by) {
    await this.latchlet.forward(by);
    this.now += by * 1000;
    await this.page.clock.setFixedTime(this.now);
  }
}

/** Does what the person does with a prompt, if there is one. */
async function respond(page, box, does, answers) {
  const asked = await page.evaluate(() => globalThis.latchletTest.events.findLast(({ name }) => name === 'profileshown')?.detail.fields);
  if (!asked) return;
  const button = (name) => box.root.getByRole('button', { name, exact: true });
  if (does === 'answers') {
    for (const name of asked.filter((each) => answers[each] !== undefined)) {
      if (question(name).type === 'consent') await box.root.getByRole('checkbox', { name: label(name) }).check();
      else await box.root.getByRole('textbox', { name: label(name) }).fill(answers[name]);
    }
    await button('Save').click();
  } else if (does === 'snoozes') {
    await button('Remind me later').click();
  } else {
    if (does === 'declines') {
      for (const name of asked.filter((each) => question(each).declinable)) {
        await box.root.getByRole('button', { name: `Don’t ask me this again: ${label(name)}` }).click();
      }
    }
    if (await button('Skip for now').isVisible()) await button('Skip for now').click();
  }
  await expect.poll(() => page.evaluate(() => globalThis.latchletTest.events.some(
    ({ name }) => /^profile(answered|skipped|snoozed)$/.test(name),
  ))).toBe(true);
}

const explained = (page) => page.evaluate(() => globalThis.latchletTest.handle.explain());

/** Waits until the box has decided whether to ask. */
async function settled(page, box) {
  await expect(box.root.getByRole('heading', { name: /quick question|^You are logged in$/ }).first()).toBeVisible();
}

async function login(page, host, box, email) {
  await page.context().clearCookies();
  await page.goto(host.origin);
  await box.signIn({ email });
  await settled(page, box);
}

async function stored(page, latchlet) {
  const { accessToken, sub } = await page.evaluate(() => globalThis.latchletTest.session
    ?? { ...globalThis.latchletTest.events.find(({ name }) => name === 'authenticated').detail });
  const id = sub ?? JSON.parse(Buffer.from(accessToken.split('.')[1], 'base64url').toString()).sub;
  const reply = await fetch(`${latchlet.origin}/api/v2/users/${encodeURIComponent(id)}`, {
    headers: { authorization: `Bearer ${accessToken}` },
  });
  return (await reply.json()).user_metadata;
}

/** Answers, and what became of each question, without times. */
function kept(metadata) {
  const { latchlet, ...answers } = metadata;
  const entries = Object.entries(latchlet.f ?? {}).map(([name, [asked, , at, outcome]]) => [name, [asked, at, outcome].join(' ')]);
  return { answers, entries: Object.fromEntries(entries) };
}

test.use({ boxConfig: { additionalSignUpFields, progressiveProfile } });

for (const name of ['password', 'returning', 'skipper']) {
  test(`${name}: ten logins`, async ({ page, latchlet, host }, info) => {
    test.slow();
    const persona = example(`personas/${name}.json`);
    const email = newEmail(name);
    const clock = new Clock(page, latchlet);
    await clock.forward(0);
    Object.assign(host.options, { initialScreen: 'login' });
    const signedUp = await fetch(`${latchlet.origin}/dbconnections/signup`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        client_id: host.options.clientId, connection: host.options.connections[0].name, email, password: passwords.good, name: 'Ada',
      }),
    });
    expect(signedUp.status).toBe(200);
    const box = new Box(page);
    const timeline = [];
    for (let n = 0; n < LOGINS; n += 1) {
      if (n > 0) await clock.forward(seconds(nth(persona.every, n - 1, '1d')));
      await login(page, host, box, email);
      if (n === 0 && persona.metadata) {
        // What they said before this policy came.
        await page.evaluate(async ([origin, metadata]) => {
          const { detail } = globalThis.latchletTest.events.find((event) => event.name === 'authenticated');
          await fetch(`${origin}/api/v2/users/${encodeURIComponent(detail.idTokenPayload.sub)}`, {
            method: 'PATCH',
            headers: { authorization: `Bearer ${detail.accessToken}`, 'content-type': 'application/json' },
            body: JSON.stringify({ user_metadata: metadata }),
          });
        }, [latchlet.origin, persona.metadata]);
      }
      timeline.push({ login: n + 1, ...timeless(await explained(page)) });
      await respond(page, box, nth(persona.does, n, 'answers'), persona.answers ?? {});
    }
    const wanted = simulated(persona, info);
    if (persona.metadata) {
      // At the first login nothing was said yet.
      for (const field of Object.keys(persona.metadata)) wanted.timeline[0].reasons[field] = timeline[0].reasons[field];
    }
    expect(timeline).toEqual(wanted.timeline);
    // A skip is stored after the page is told of it.
    await expect.poll(async () => kept(await stored(page, latchlet))).toEqual(kept(wanted.stored));
  });
}

test('google: ten logins at a page that logs people in by itself', async ({ page, latchlet, host }, info) => {
  test.slow();
  const persona = example('personas/google.json');
  const email = newEmail('grace');
  const clock = new Clock(page, latchlet);
  await clock.forward(0);
  const { progressiveProfile: questions, ...plain } = host.options;
  host.options = { ...plain, initialScreen: 'login' };
  await fetch(`${latchlet.origin}/dbconnections/signup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      client_id: plain.clientId, connection: plain.connections[0].name, email, password: passwords.good, name: 'Grace',
    }),
  });
  const box = new Box(page);
  const timeline = [];
  for (let n = 0; n < LOGINS; n += 1) {
    if (n > 0) await clock.forward(seconds(nth(persona.every, n - 1, '1d')));
    host.options = { ...plain, initialScreen: 'login' };
    host.change = () => {};
    await login(page, host, box, email);
    const { accessToken, idTokenPayload } = await page.evaluate(() =>
      globalThis.latchletTest.events.find((event) => event.name === 'authenticated').detail);
    host.options = {
      ...plain, mode: 'profile', progressiveProfile: questions, idTokenPayload: { ...idTokenPayload, ...persona.claims }, token: accessToken,
    };
    host.change = (options) => {
      const { token } = options;
      delete options.token;
      options.accessToken = () => token;
      globalThis.latchletTest.session = { accessToken: token };
    };
    await page.goto(host.origin);
    await page.waitForFunction(() => globalThis.latchletTest?.handle);
    const requests = persona.requests?.[n + 1];
    if (requests) {
      await page.evaluate((names) => { globalThis.latchletTest.handle.ask(names); }, requests);
      await expect(box.root.getByRole('heading', { name: /quick question/ })).toBeVisible();
    }
    const plan = await explained(page);
    timeline.push({ login: n + 1, ...timeless(plan) });
    if (plan.ask.length > 0) await expect(box.root.getByRole('heading', { name: /quick question/ })).toBeVisible();
    await respond(page, box, nth(persona.does, n, 'answers'), persona.answers);
  }
  const wanted = simulated(persona, info);
  expect(timeline).toEqual(wanted.timeline);
  await expect.poll(async () => kept(await stored(page, latchlet))).toEqual(kept(wanted.stored));
});
