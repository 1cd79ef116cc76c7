// The form that stands there before the Wasm: the same as the one of the box, and
// nothing is lost that somebody does in it.

import { ElementPage } from './harness/element.mjs';
import { fields as kinds } from './harness/kinds.mjs';
import { compiled, hold, tree } from './harness/shell.mjs';
import { boxOptions, expect, test } from './harness/test.mjs';

/** @type {ElementPage} */
let tag;
let release;

test.beforeEach(async ({ page, host }) => {
  tag = new ElementPage(page, host);
  release = await hold(page);
});

const options = [{ value: 'a', label: 'One' }, { value: 'b', label: 'Two' }];
const database = (more) => ({ connections: [{ name: 'Username-Password-Authentication', ...more }] });
const signUp = (...fields) => ({ initialScreen: 'signUp', additionalSignUpFields: fields });
// Countries have names, whose order only a compiled config has at hand.
const plainKinds = kinds.filter(({ type, label }) => type !== 'country' && typeof label === 'string');
const plain = {
  'a login': { initialScreen: 'login', additionalSignUpFields: [] },
  'a login with user names': { initialScreen: 'login', ...database({ requires_username: true }) },
  'a login that leads nowhere': { initialScreen: 'login', allowSignUp: false, allowForgotPassword: false },
  'a login with pages of the site': { initialScreen: 'login', signUpLink: '/sign-up', forgotPasswordLink: 'https://example.com/forgot' },
  'a login of somebody known': { initialScreen: 'login', prefill: { email: 'ada@example.com' } },
  'a sign-up': signUp(),
  'a sign-up alone': { ...signUp(), allowLogin: false },
  'a sign-up with user names and a length': { ...signUp(), ...database({ requires_username: true, password_complexity_options: { min_length: 20 } }) },
  'every kind': signUp(...plainKinds),
  'every kind, left open': signUp(...plainKinds.map((it) => ({ ...it, required: false }))),
  'names that browsers know': signUp(...['full_name', 'first_name', 'zip', 'city', 'birthday', 'website', 'other'].map((name) => ({ name, label: name }))),
  'answers at the start': signUp(
    { name: 'a', label: 'A', prefill: 'x "<b>' }, { name: 'b', type: 'select', label: 'B', options, prefill: 'b' },
    { name: 'c', type: 'radio', label: 'C', options, prefill: 'b' }, { name: 'd', type: 'checkboxes', label: 'D', options, prefill: ['a', 'b'] },
    { name: 'e', type: 'checkbox', label: 'E', prefill: true }, { name: 'f', type: 'textarea', label: 'F', prefill: 'two\nlines' },
    { name: 'g', type: 'date', label: 'G', prefill: '2020-02-29' },
  ),
  'all that stands at a field': signUp(
    { name: 'a', placeholder: 'A label of Lock' }, { name: 'b', label: 'B', placeholder: 'Such as b', hint: 'Help', purpose: 'Because', ariaLabel: 'C' },
    { name: 'c', label: 'C', ariaLabel: 'C, and more', icon: '/icon.svg', autocomplete: 'nickname' },
    { name: 'd', type: 'consent', label: 'D', version: '1', document: 'https://example.com/terms' }, { name: 'e', type: 'hidden', value: 'x' },
    { name: 'f', type: 'select', label: 'F', options: ['a', 'b'], placeholder: 'Which?' },
    { name: 'g', type: 'select', label: 'G', options: [{ value: '', label: 'None' }, ...options] },
  ),
  'a logo': { ...signUp(), theme: { logo: '/logo.svg', primaryColor: '#123456' } },
};
const compiledOnly = {
  'every kind, countries too': signUp(...kinds),
  'some countries in German': { ...signUp({ name: 'where', type: 'country', label: 'Land', options: ['DE', 'AT', 'CH'] }), language: 'de' },
  'the policy `excellent`': { ...signUp(), ...database({ passwordPolicy: 'excellent' }) },
  'words of the page': { ...signUp({ name: 'a', label: 'A', required: false }), languageDictionary: { signUpTitle: 'Hello', signUpText: 'Come in', emailLabel: 'Mail' } },
  conditions: signUp(
    { name: 'a', type: 'checkbox', label: 'A' }, { name: 'b', label: 'B', when: { field: 'a', equals: true } },
    { name: 'c', label: 'C', when: { field: 'a', equals: false } }, { name: 'd', label: 'D', when: { known: 'plan', equals: 'pro' } },
  ),
  'steps and groups': {
    ...signUp({ name: 'a', label: 'A' }, { name: 'b', label: 'B' }, { name: 'c', label: 'C' }),
    layout: [{ step: 'First', fields: ['email', 'password'] }, { step: 'Then', fields: [{ heading: 'Together', fields: ['a', 'b'] }, 'c'] }],
  },
  'terms to accept': { ...signUp(), mustAcceptTerms: true },
  'a number at the start': signUp({ name: 'n', type: 'number', label: 'N', prefill: 2.5 }),
  'a way without a password': { initialScreen: 'login', passwordlessMethod: 'code' },
};

async function base(more) {
  const { connections, auth } = await boxOptions();
  return { connections, auth, ...more };
}

/** Both trees, and how far things moved. */
async function compare(page, { isCompiled, config }) {
  const said = await base(config);
  const { host } = tag;
  await page.addInitScript(() => {
    globalThis.shifts = [];
    new PerformanceObserver((list) => globalThis.shifts.push(...list.getEntries().map(({ value }) => value))).observe({ type: 'layout-shift' });
  });
  host.pages['/config.json'] = { type: 'application/json', body: JSON.stringify(isCompiled ? await compiled(said) : said) };
  await tag.open(`<latchlet-box config="/config.json" client-id="demo" domain="${host.origin}"><a href="/hosted">Log in here</a></latchlet-box>`);
  await expect(page.locator('[part="box"][data-painted]')).toBeVisible();
  const painted = await tree(page);
  await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); }));
  await page.evaluate(() => { globalThis.shifts.length = 0; });
  release();
  await tag.ready();
  await expect(page.locator('[data-painted]')).toHaveCount(0);
  const drawn = await tree(page);
  await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); }));
  expect(drawn.root).toEqual(painted.root);
  // The very same elements, each where it was.
  expect(drawn.order).toEqual(painted.order);
  expect(await page.evaluate(() => globalThis.shifts)).toEqual([]);
}

for (const [what, config] of Object.entries(plain)) {
  test(`the form is that of the box, from a plain config: ${what}`, async ({ page }) => {
    await compare(page, { config });
  });
}

for (const [what, config] of Object.entries({ ...plain, ...compiledOnly })) {
  test(`the form is that of the box, compiled: ${what}`, async ({ page }) => {
    await compare(page, { config, isCompiled: true });
  });
}

for (const [what, config] of Object.entries(compiledOnly)) {
  test(`nothing is painted from what is not plain: ${what}`, async ({ page }) => {
    const said = await base(config);
    await tag.openBox(said);
    await expect(tag.element).toContainText('Log in here');
    await expect(page.locator('[data-painted]')).toHaveCount(0);
    release();
    await tag.ready();
  });
}
