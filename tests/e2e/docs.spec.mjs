// Pages of the docs, copied and pasted into an empty folder, and served by a plain
// static server.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs/promises';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { expectAccessible } from './harness/axe.mjs';
import { Box, passwords } from './harness/box.mjs';
import { executable, root } from './harness/environment.mjs';
import { policy } from './harness/host.mjs';
import { freePort } from './harness/server.mjs';
import { expect, newEmail, picture, test } from './harness/test.mjs';

const types = { '.html': 'text/html', '.js': 'text/javascript', '.json': 'application/json' };

/** Every block of a page that names a file, with other ports in it. */
async function copied(page, ports) {
  const text = await fs.readFile(path.join(root, 'docs', page), 'utf8');
  const blocks = [...text.matchAll(/^```\w+ (\S+)\n(.*?)^```$/gms)];
  const moved = (block) => Object.entries(ports).reduce((all, [from, to]) => all.replaceAll(`127.0.0.1:${from}`, `127.0.0.1:${to}`), block);
  return Object.fromEntries(blocks.map(([, file, block]) => [file, moved(block)]));
}

/** Runs a page of the docs as it stands: its auth server, and its website. */
async function run(name, expected, visit) {
  const [auth, site] = [await freePort(), await freePort()];
  const files = await copied(name, { 3000: auth, 8000: site });
  expect(Object.keys(files)).toEqual(expected);
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'latchlet-docs-'));
  for (const [file, text] of Object.entries(files)) await fs.writeFile(path.join(folder, file), text);

  const server = spawn(executable('LATCHLET_TEST_SERVER'), ['serve', '--config', 'server.json', '--listen', `127.0.0.1:${auth}`], { cwd: folder });
  const origin = `http://127.0.0.1:${auth}`;
  // The strictest policy that the page can have: its script is another origin's.
  const strict = policy(origin).replace("script-src 'self'", `script-src 'self' ${origin}`);
  const website = http.createServer(async (request, response) => {
    const file = request.url === '/' || request.url.startsWith('/?') ? 'index.html' : path.basename(request.url);
    const body = await fs.readFile(path.join(folder, file)).catch(() => '');
    response.writeHead(body ? 200 : 404, { 'content-type': types[path.extname(file)] ?? 'text/plain', 'content-security-policy': strict }).end(body);
  }).listen(site, '127.0.0.1');
  try {
    await expect.poll(() => fetch(`${origin}/health`).then(({ ok }) => ok, () => false)).toBe(true);
    await visit(`http://127.0.0.1:${site}/`);
  } finally {
    server.kill('SIGKILL');
    await once(server, 'exit');
    website.closeAllConnections();
    website.close();
    await fs.rm(folder, { recursive: true, force: true });
  }
}

test('the tag of EMBEDDING.md works as it stands', async ({ page }) => {
  await run('EMBEDDING.md', ['server.json', 'index.html'], async (address) => {
    const box = new Box(page);
    await page.goto(address);
    await box.email.fill(newEmail());
    await box.password.fill(passwords.good);
    await box.name.fill('Ada Lovelace');
    await expectAccessible(page);
    await box.submit.click();
    await expect(box.heading('You are logged in')).toBeVisible();
  });
});

test('the first page of PROGRESSIVE.md runs as it stands', async ({ page }) => {
  await run('PROGRESSIVE.md', ['server.json', 'box.json', 'index.html', 'page.js'], async (address) => {
    const [box, email] = [new Box(page), newEmail()];
    const done = box.heading('You are logged in');
    await page.goto(address);
    await box.root.getByRole('button', { name: 'Sign up' }).or(box.root.getByRole('link', { name: 'Sign up' })).first().click();
    await box.email.fill(email);
    await box.password.fill(passwords.good);
    await box.name.fill('Ada Lovelace');
    await box.submit.click();
    await expect(done).toBeVisible();

    await page.goto(address);
    await box.signIn({ email });
    const company = box.root.getByLabel('Company');
    await company.fill('Analytical Engines');
    await box.root.getByLabel('Job title').fill('Engineer');
    await expectAccessible(page);
    await picture(page, 'docs-progressive');
    await box.root.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(done).toBeVisible();

    await page.goto(address);
    await box.signIn({ email });
    await expect(done).toBeVisible();
    await expect(company).toHaveCount(0);
  });
});
