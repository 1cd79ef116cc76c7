// The example applications, as their frameworks build them.

import fs from 'node:fs/promises';
import path from 'node:path';
import { apps, bundle, inFolder, policyWith, run, serve } from './harness/apps.mjs';
import { passwords } from './harness/box.mjs';
import { ElementPage } from './harness/element.mjs';
import { executable } from './harness/environment.mjs';
import { expect, newEmail, test } from './harness/test.mjs';

const shell = '<!doctype html><html lang="en"><title>App</title><body><div id="app"></div><script type="module" src="/app/main.js"></script>';

/** How each is built, with what it needs beside the strictest policy. */
const applications = {
  angular: async (host) => {
    await bundle(host, 'angular', 'angular');
    host.pages['/'] = shell;
  },
  react: async (host) => {
    // The strictness of React is a thing of its development build.
    await bundle(host, 'esbuild', 'react/main.jsx', { mode: 'development' });
    host.pages['/'] = shell;
  },
  svelte: async (host) => {
    await bundle(host, 'vite', 'svelte/main.js');
    host.pages['/'] = shell;
    host.policy = policyWith(host, { names: ['svelte-trusted-html'] });
  },
  vue: async (host) => {
    await bundle(host, 'esbuild', 'vue/main.js');
    host.pages['/'] = shell;
    host.policy = policyWith(host, { names: ['vue'] });
  },
  next: async (host) => {
    const home = path.join(apps, 'next');
    await run(path.join(apps, 'node_modules/.bin/next'), ['build'], { cwd: home, env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' } });
    await serve(host, path.join(home, 'out'), '');
    const html = host.pages['/index.html'].body.toString();
    expect(html, 'rendered by the build').toContain('<latchlet-box><a href="/hosted">Log in here</a></latchlet-box>');
    host.pages['/'] = html;
    const scripts = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>(.*?)<\/script>/gs)].map(([, text]) => text);
    host.policy = policyWith(host, { names: ['default'], scripts });
  },
};

for (const [name, build] of Object.entries(applications)) {
  test(`${name}: an application with the box`, async ({ page, host, latchlet }) => {
    test.setTimeout(180_000);
    expect(latchlet.origin).toBe(host.connectTo);
    await build(host);
    await page.goto(host.origin);
    const { box } = new ElementPage(page, host);
    const button = (text) => page.getByRole('button', { name: text, exact: true });
    await expect(box.root).toHaveCount(1);
    const email = newEmail();
    await box.fill({ email, company: 'kept' });
    await button('Rendered 0').click();
    await expect(button('Rendered 1')).toBeVisible();
    await expect(box.password, 'a render takes nothing away').toHaveValue(passwords.good);
    await button('Log in instead').click();
    await expect(box.heading('Welcome back')).toBeVisible();
    await button('Take it away').click();
    await expect(box.root).toHaveCount(0);
    await button('Bring it back').click();
    await expect(box.email).toHaveValue('');
    await box.fill({ email });
    await box.submit.click();
    await expect(page.getByRole('status').filter({ hasText: `Hello, ${email}` })).toBeVisible();
  });
}

test('leptos: an application with the box', async ({ page, host, latchlet }) => {
  expect(latchlet.origin).toBe(host.connectTo);
  await serve(host, executable('LATCHLET_TEST_LEPTOS'), '/app');
  host.pages['/start.js'] = { type: 'text/javascript', body: "import start from '/app/main.js'; start();" };
  host.pages['/'] = `<!doctype html><html lang="en"><title>App</title><meta name="auth-server" content="${host.connectTo}">
    <script type="module" src="/start.js"></script>`;
  await page.goto(host.origin);
  const { box } = new ElementPage(page, host);
  const button = (text) => page.getByRole('button', { name: text, exact: true });
  const email = newEmail();
  await box.email.fill(email);
  await box.password.fill(passwords.good);
  await box.name.fill('Ada Lovelace');
  await box.teamSize.selectOption('1');
  await button('Rendered 0').click();
  await expect(button('Rendered 1')).toBeVisible();
  await expect(box.password).toHaveValue(passwords.good);
  await box.submit.click();
  await expect(page.getByRole('status').filter({ hasText: `Hello, ${email}` })).toBeVisible();
  await button('Take it away').click();
  await expect(box.root).toHaveCount(0);
});

test('leptos: no export of the box is in the application’s module', async () => {
  const module = await WebAssembly.compile(await fs.readFile(path.join(executable('LATCHLET_TEST_LEPTOS'), 'main_bg.wasm')));
  const exports = WebAssembly.Module.exports(module).map(({ name }) => name);
  // The start, what wasm-bindgen's runtime has, and what Leptos has for server functions and parts.
  const known = /^(memory|main|__\w+|wasm_bindgen__\w+|into\w+_\w+|bytestream\w*|_WASM_SPLIT_MARKER_\w+)$/;
  expect(exports.filter((name) => !known.test(name) || /boxhandle|latchlet/i.test(name))).toEqual([]);
  expect(exports).toContain('memory');
});

test('html: a page of HTML alone', async ({ page, host, latchlet }) => {
  expect(latchlet.origin).toBe(host.connectTo);
  host.pages['/'] = await fs.readFile(path.join(apps, 'html/index.html'), 'utf8');
  const { box } = new ElementPage(page, host);
  await page.goto(host.origin);
  await box.fill({ email: newEmail() });
  await box.submit.click();
  await expect(box.heading('You are logged in')).toBeVisible();
});
