// Bundlers take the packages as npm has them, and the Wasm along.

import fs from 'node:fs/promises';
import path from 'node:path';
import { apps, bundle, policyWith } from './harness/apps.mjs';
import { passwords } from './harness/box.mjs';
import { ElementPage, optionsFor } from './harness/element.mjs';
import { expect, newEmail, test } from './harness/test.mjs';

/** Each, with what it needs beside the strictest policy. */
const bundlers = { esbuild: [], rollup: [], vite: [], webpack: ['webpack'] };

for (const [name, names] of Object.entries(bundlers)) {
  test(`${name}: a page with the box, what comes later, and what says its mistakes`, async ({ page, host, latchlet, watched }) => {
    test.setTimeout(180_000);
    expect(latchlet.origin).toBe(host.connectTo);
    await bundle(host, name, 'bundled/main.js');
    host.policy = policyWith(host, { names });
    host.pages['/'] = (await fs.readFile(path.join(apps, 'bundled/index.html'), 'utf8')).replace('./main.js', '/app/main.js');
    const { box } = new ElementPage(page, host);
    await page.goto(host.origin);
    const email = newEmail();
    await box.fill({ email, password: passwords.good });
    await box.submit.click();
    await expect(page.getByText(`Hello, ${email}`)).toBeVisible();

    // The other modules come along as well.
    host.options = { ...host.options, initialScreen: 'login' };
    await page.goto(host.origin);
    await box.root.getByRole('button', { name: 'Forgot your password?' }).click();
    await expect(box.heading('Reset your password')).toBeFocused();
    watched.allow(/Latchlet config/);
    host.options = { ...host.options, additionalSignupFields: [] };
    await page.goto(host.origin);
    await expect(box.root.getByRole('alert')).toContainText('additionalSignUpFields');
  });
}

test('vite: its development server, which bundles packages alone', async ({ page, host }) => {
  test.setTimeout(180_000);
  const { createServer } = await import(path.join(apps, 'node_modules/vite/dist/node/index.js'));
  const options = await optionsFor(host);
  const answer = { name: 'options', configureServer: ({ middlewares }) => {
    middlewares.use('/options.json', (request, response) => response.end(JSON.stringify(options)));
  } };
  const server = await createServer({
    root: path.join(apps, 'bundled'), configFile: false, logLevel: 'error', plugins: [answer],
    cacheDir: path.join(apps, 'node_modules/.vite'), server: { host: '127.0.0.1', port: 0 },
  });
  await server.listen();
  try {
    await page.goto(`http://127.0.0.1:${server.httpServer.address().port}/`);
    await new ElementPage(page, host).ready();
    await expect(page.locator('[data-painted]')).toHaveCount(0);
  } finally {
    await server.close();
  }
});
