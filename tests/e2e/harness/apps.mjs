// The example applications, and the packages that they are built with: packed as npm
// gets them, and put beside what the applications have installed.

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { root } from './environment.mjs';
import { policy, types } from './host.mjs';

export const run = promisify(execFile);
export const apps = path.join(root, 'examples/apps');
export const packages = ['latchlet', '@latchlet/react', '@latchlet/svelte', '@latchlet/vue'];

/** Packs every package, and has the applications find what came of it. */
export async function install() {
  await fs.access(path.join(apps, 'node_modules/vite')).catch(() => {
    throw new Error('nothing is installed in examples/apps: run `cargo xtask test --only e2e`, or `npm ci` there');
  });
  await run('node', ['packages/latchlet/build.mjs'], { cwd: root });
  await inFolder(async (folder) => {
    const { stdout } = await run('npm', ['pack', '--workspaces', '--json', '--pack-destination', folder], { cwd: root });
    const packed = Object.values(JSON.parse(stdout));
    for (const { name, filename } of packed) {
      const home = path.join(apps, 'node_modules', name);
      await fs.rm(home, { recursive: true, force: true });
      await fs.mkdir(home, { recursive: true });
      await run('tar', ['-xzf', path.join(folder, filename), '-C', home, '--strip-components', '1']);
    }
  });
}

/** A folder for as long as something needs it. */
export async function inFolder(use) {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'latchlet-app-'));
  try {
    return await use(folder);
  } finally {
    await fs.rm(folder, { recursive: true });
  }
}

/** Has a host serve all that is in a folder. */
export async function serve(host, folder, under) {
  for (const entry of await fs.readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const type = types[path.extname(file)] ?? 'application/octet-stream';
    host.pages[`${under}/${path.relative(folder, file)}`] = { type, body: await fs.readFile(file) };
  }
}

/** Builds an application by a bundler into what a host serves at `/app/`. */
export async function bundle(host, name, entry, { mode = 'production' } = {}) {
  const { default: build } = await import(path.join(apps, 'bundlers', `${name}.mjs`));
  await inFolder(async (folder) => {
    await build(path.join(apps, entry), folder, mode);
    await serve(host, folder, '/app');
  });
}

/** The strictest policy, with the Trusted Types policies of a framework in it, and scripts by their hashes. */
export function policyWith(host, { names = [], scripts = [] }) {
  const hashes = scripts.map((text) => ` 'sha256-${createHash('sha256').update(text).digest('base64')}'`).join('');
  return policy(host.connectTo)
    .replace("script-src 'self'", `script-src 'self'${hashes}`)
    .replace("trusted-types 'none'", `trusted-types ${names.join(' ') || "'none'"}`);
}
