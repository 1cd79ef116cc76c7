// The packages as npm gets them, in applications that a bundler has built.

import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { passwords } from './harness/box.mjs';
import { ElementPage } from './harness/element.mjs';
import { root } from './harness/environment.mjs';
import { policy } from './harness/host.mjs';
import { expect, newEmail, test } from './harness/test.mjs';

test.describe.configure({ mode: 'serial' });

const run = promisify(execFile);

test.beforeAll(async () => {
  await run('node', ['packages/latchlet/build.mjs'], { cwd: root });
});

test('a server can import each package', async () => {
  for (const name of ['latchlet', 'latchlet/box', '@latchlet/react', '@latchlet/vue']) {
    await run('node', ['--input-type=module', '--eval', `await import('${name}')`], { cwd: root });
  }
});

test('the types of the components hold, and refuse what they should', async () => {
  const files = ['react', 'vue'].map((name) => `packages/${name}/test/types.test-d.ts`);
  const options = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'esnext', '--moduleResolution', 'bundler', '--target', 'es2022', '--types', 'react'];
  const { stdout } = await run('node_modules/.bin/tsc', [...options, ...files], { cwd: root }).catch((error) => error);
  expect(stdout).toBe('');
});

test('React renders the tag on a server, with its children and nothing that runs', async () => {
  const script = `import { createElement as h } from 'react';
    import { renderToString } from 'react-dom/server';
    import { LatchletBox } from '@latchlet/react';
    console.log(renderToString(h(LatchletBox, { options: { clientId: 'a', domain: 'b' }, className: 'wide' }, h('a', { href: '/hosted' }, 'Log in here'))));`;
  const { stdout, stderr } = await run('node', ['--input-type=module', '--eval', script], { cwd: root });
  expect(stdout.trim()).toBe('<latchlet-box class="wide"><a href="/hosted">Log in here</a></latchlet-box>');
  expect(stderr).toBe('');
});

test('every file that a package names is there', async () => {
  for (const folder of ['latchlet', 'react', 'vue']) {
    const home = path.join(root, 'packages', folder);
    const { exports } = JSON.parse(await fs.readFile(path.join(home, 'package.json'), 'utf8'));
    const files = Object.values(exports).flatMap((it) => (typeof it === 'string' ? it : Object.values(it)));
    for (const file of files.filter((it) => !it.includes('*'))) await fs.access(path.join(home, file));
  }
  const cdn = path.join(root, 'packages/latchlet/cdn');
  const names = (await fs.readdir(cdn)).filter((file) => file !== 'integrity.json');
  expect(Object.keys(JSON.parse(await fs.readFile(path.join(cdn, 'integrity.json'), 'utf8'))).sort()).toEqual(names.sort());
});

test('the files under names of their own work together', async ({ page, host }) => {
  const cdn = path.join(root, 'packages/latchlet/cdn');
  const named = (await fs.readdir(cdn)).filter((file) => /-[0-9a-f]{10}\./.test(file));
  for (const file of named) {
    host.pages[`/cdn/${file}`] = { type: file.endsWith('.js') ? 'text/javascript' : 'application/wasm', body: await fs.readFile(path.join(cdn, file)) };
  }
  const tag = new ElementPage(page, host);
  await tag.openBox({}, { script: `<script type="module" src="/cdn/${named.find((file) => file.startsWith('box-'))}"></script>` });
  await expect(tag.box.email).toBeVisible();
});

/** What a framework needs beside the strictest policy. */
const frameworks = { react: { entry: 'main.jsx' }, vue: { entry: 'main.js', policyName: 'vue' } };

for (const [name, { entry, policyName }] of Object.entries(frameworks)) {
  test(`${name}: an application with the box`, async ({ page, host, latchlet }) => {
    expect(latchlet.origin).toBe(host.connectTo);
    const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'latchlet-app-'));
    await build({
      entryPoints: [path.join(root, 'examples/apps', name, entry)],
      outdir: folder, bundle: true, splitting: true, format: 'esm', target: 'es2022', jsx: 'automatic', logLevel: 'error',
      // The strictness of React is a thing of its development build.
      define: { 'process.env.NODE_ENV': '"development"', __VUE_OPTIONS_API__: 'false', __VUE_PROD_DEVTOOLS__: 'false', __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false' },
    });
    for (const file of await fs.readdir(folder)) {
      host.pages[`/app/${file}`] = { type: 'text/javascript', body: await fs.readFile(path.join(folder, file)) };
    }
    // esbuild leaves `new URL` as it is: the module goes beside what it has built.
    host.pages['/app/latchlet_bg.wasm'] = { type: 'application/wasm', body: await fs.readFile(path.join(root, 'packages/latchlet/dist/latchlet_bg.wasm')) };
    host.pages['/'] = '<!doctype html><html lang="en"><title>App</title><body><div id="app"></div><script type="module" src="/app/main.js"></script>';
    if (policyName) host.policy = policy(host.connectTo).replace("trusted-types 'none'", `trusted-types ${policyName}`);
    await fs.rm(folder, { recursive: true });

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
