// Login boxes beside each other, and beside a form by hand: what they load, when
// somebody can type, what a key costs, and what is left of a box that is gone. All
// take turns in one run, so that whatever else the machine does weighs on all alike.
//
//   cargo xtask bench browser [--rounds N]

import { chromium } from '@playwright/test';
import { executable, quiet } from '../../tests/e2e/harness/environment.mjs';
import { arrival, fifty, turnover, typing } from './measures.mjs';
import { Site, candidates } from './site.mjs';

const ROUNDS = Number(process.argv[2] ?? 7);
const names = Object.keys(candidates);
const mountsOf = (name) => (name === 'latchlet' ? 'latchlet/mounts' : name);
/** Of Lock and its like, a thousand take too long. */
const TIMES = { floor: 1000, latchlet: 1000 };

const sorted = (values) => values.filter((it) => it !== undefined).sort((a, b) => a - b);
const median = (values) => sorted(values)[sorted(values).length >> 1];
const cell = (values, digits = 0) => {
  const all = sorted(values);
  if (all.length === 0) return '';
  return `${median(all).toFixed(digits)} (${all[0].toFixed(digits)} to ${all.at(-1).toFixed(digits)})`;
};

const found = Object.fromEntries([...names, 'bare'].map((name) => [name, { fast: [], slow: [], typing: [], turnover: [], fifty: [] }]));
const troubles = [];

async function attempt(name, what, measure) {
  try {
    const one = await measure();
    found[name][what].push(one);
    console.error(name, what, JSON.stringify(one));
  } catch (error) {
    troubles.push(`${name}, ${what}: ${error.message.split('\n')[0]}`);
  }
}

/** A browser of its own, so that a round that breaks one breaks no other. */
async function round(visit) {
  const browser = await chromium.launch({ executablePath: executable('LATCHLET_TEST_CHROMIUM'), args: quiet });
  try {
    await visit(browser);
  } finally {
    await browser.close();
  }
}

const site = await Site.start();
const at = (name) => `${site.origin}/${name}`;
for (let turn = 0; turn < ROUNDS; turn += 1) {
  await round(async (browser) => {
    await arrival(browser, at('bare'));
    for (const name of names) {
      await attempt(name, 'fast', () => arrival(browser, at(name), false));
      await attempt(name, 'slow', () => arrival(browser, at(name), true));
    }
  });
  await round(async (browser) => {
    for (const name of ['bare', ...names]) await attempt(name, 'typing', () => typing(browser, at(name)));
  });
  console.error(`round ${turn + 1} of ${ROUNDS}`);
}
for (let turn = 0; turn < Math.min(ROUNDS, 3); turn += 1) {
  await round(async (browser) => {
    for (const name of names) await attempt(name, 'turnover', () => turnover(browser, at(mountsOf(name)), TIMES[name] ?? 100));
    for (const name of ['floor', 'latchlet']) await attempt(name, 'fifty', () => fifty(browser, at(mountsOf(name))));
  });
  console.error(`mounts, round ${turn + 1}`);
}
site.close();

const bare = median(found.bare.typing);
const keys = (name) => found[name].typing.map((it) => it - bare);
const of = (name, speed, what) => found[name][speed].map((it) => it[what]);

function table(title, columns) {
  console.log(`\n| ${title} | ${Object.keys(columns).join(' | ')} |`);
  console.log(`| --- |${' ---: |'.repeat(Object.keys(columns).length)}`);
  for (const name of names) console.log(`| ${candidates[name]} | ${Object.values(columns).map((column) => column(name)).join(' | ')} |`);
}

for (const speed of ['fast', 'slow']) {
  table(speed, {
    'transfer, KiB': (name) => median(of(name, speed, 'transfer'))?.toFixed(1),
    requests: (name) => median(of(name, speed, 'requests')),
    'first paint, ms': (name) => cell(of(name, speed, 'firstPaint')),
    'first input, ms': (name) => cell(of(name, speed, 'firstInput')),
    'to the floor': (name) => (median(of(name, speed, 'firstInput')) / median(of('floor', speed, 'firstInput'))).toFixed(2),
    'taken over, ms': (name) => cell(of(name, speed, 'takenOver')),
    'blocked, ms': (name) => cell(of(name, speed, 'blocked')),
    'CPU, ms': (name) => cell(of(name, speed, 'cpu')),
    'memory, MiB': (name) => cell(of(name, speed, 'memory'), 1),
  });
}
table('a key, a mount', {
  'main thread per key, net, ms': (name) => cell(keys(name), 2),
  'to the floor': (name) => (median(keys(name)) / median(keys('floor'))).toFixed(1),
  'heap per mount, KiB': (name) => cell(of(name, 'turnover', 'heap'), 2),
  'nodes per mount': (name) => cell(of(name, 'turnover', 'nodes'), 2),
  'listeners per mount': (name) => cell(of(name, 'turnover', 'listeners'), 2),
  'fifty boxes, ms': (name) => cell(of(name, 'fifty', 'took')),
  'their memory, MiB': (name) => cell(of(name, 'fifty', 'memory'), 1),
});
console.log(`\nA key into a bare input: ${cell(found.bare.typing, 2)} ms, taken off.`);
for (const trouble of troubles) console.log(`not measured: ${trouble}`);
