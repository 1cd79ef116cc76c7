// What a form of many fields costs: the time to mount it, what the box does for
// each key, and all that the main thread does, the browser's own layout and
// painting included. Sizes take turns in one run, so that whatever else the
// machine does weighs on all alike.
//
//   cargo xtask bench form

import { chromium } from '@playwright/test';
import { Host } from '../../tests/e2e/harness/host.mjs';
import { executable } from '../../tests/e2e/harness/environment.mjs';

const SIZES = [10, 50, 200];
const ROUNDS = 9;
const KEYS = 100;

const text = (place) => ({ name: `field${place}`, label: `Field ${place}`, required: false });
const kinds = ['text', 'email', 'number', 'checkbox', 'textarea', 'date'];
const mixed = (place) => ({ ...text(place), type: kinds[place % kinds.length] });

/** Forms by what they are called. In the last one, the key decides about the field after it. */
const forms = Object.fromEntries([
  ...SIZES.map((size) => [`${size} text fields`, Array.from({ length: size }, (_, place) => text(place))]),
  ['200 of six kinds', Array.from({ length: 200 }, (_, place) => mixed(place))],
  ['200, one depends on it', [
    ...Array.from({ length: 200 }, (_, place) => text(place)),
    { ...text(200), when: { field: 'field0', equals: 'never' } },
  ]],
]);

const options = (fields, origin) => ({
  clientId: 'bench', domain: origin, initialScreen: 'signUp', connections: [{ name: 'db' }], additionalSignUpFields: fields,
});

/** In the page: how long it takes until the last field is there. */
async function mount(given) {
  const element = document.querySelector('#box');
  globalThis.latchletTest.handle.unmount();
  const began = performance.now();
  globalThis.latchletTest.handle = globalThis.latchletTest.mount(element, given);
  const mounted = performance.now() - began;
  if (element.querySelectorAll('[part=field]').length < given.additionalSignUpFields.length) throw new Error('not all fields are there');
  return mounted;
}

/**
 * In the page: what the box does for a key, its microtasks too, which the
 * browser's own count of scripts leaves out; no layout and no painting.
 */
async function handle(keys) {
  const field = document.querySelector('#box [name$=field0]');
  const { port1, port2 } = new MessageChannel();
  let worked = 0;
  for (let key = 0; key < keys; key += 1) {
    field.value += 'x';
    const began = performance.now();
    field.dispatchEvent(new InputEvent('input', { bubbles: true, data: 'x' }));
    await new Promise((done) => { port1.onmessage = done; port2.postMessage(0); });
    worked += performance.now() - began;
  }
  return worked / keys;
}

/** What the main thread did so far, in milliseconds. */
async function busy(session) {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration').value * 1000;
}

async function measure(page, session, given) {
  await page.reload();
  await page.waitForFunction(() => globalThis.latchletTest?.handle);
  const mounted = await page.evaluate(mount, given);
  const field = page.getByLabel('Field 0', { exact: false }).first();
  await field.focus();
  await page.keyboard.type('warm');
  const before = await busy(session);
  for (let key = 0; key < KEYS; key += 1) await page.keyboard.press('x');
  const typed = (await busy(session)) - before;
  // The same without a key: what the measuring itself costs.
  const idle = await busy(session);
  for (let key = 0; key < KEYS; key += 1) await page.evaluate(() => 0);
  const key = (typed - ((await busy(session)) - idle)) / KEYS;
  return { mounted, key, own: await page.evaluate(handle, KEYS * 5) };
}

const sorted = (values) => [...values].sort((a, b) => a - b);
const median = (values) => sorted(values)[values.length >> 1];
const cell = (values) => `${median(values).toFixed(3)} (${sorted(values)[0].toFixed(3)} to ${sorted(values).at(-1).toFixed(3)})`;

const host = await Host.start();
const browser = await chromium.launch({ executablePath: executable('LATCHLET_TEST_CHROMIUM'), args: ['--no-sandbox', '--disable-gpu'] });
try {
  const page = await browser.newPage({ viewport: { width: 1024, height: 900 } });
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  host.options = options([], host.origin);
  await page.goto(host.origin);
  const found = Object.fromEntries(Object.keys(forms).map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, fields] of Object.entries(forms)) {
      found[name].push(await measure(page, session, options(fields, host.origin)));
    }
    console.error(`round ${round + 1} of ${ROUNDS}`);
  }
  const least = median(found['10 text fields'].map(({ own }) => own));
  console.log('| form | mount, ms | the box per key, ms | to 10 fields | main thread per key, ms |');
  console.log('| --- | ---: | ---: | ---: | ---: |');
  for (const [name, all] of Object.entries(found)) {
    const [mounts, owns, keys] = ['mounted', 'own', 'key'].map((what) => all.map((one) => one[what]));
    console.log(`| ${name} | ${cell(mounts)} | ${cell(owns)} | ${(median(owns) / least).toFixed(2)} | ${cell(keys)} |`);
  }
} finally {
  await browser.close();
  await host.close();
}
