// The packages as npm gets them: what is in them, what they export, what their types
// refuse, and that a server can import each.

import fs from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { apps, inFolder, packages, run } from './harness/apps.mjs';
import { ElementPage } from './harness/element.mjs';
import { root } from './harness/environment.mjs';
import { expect, test } from './harness/test.mjs';

// Compilers take their time.
test.describe.configure({ timeout: 180_000 });

const homeOf = (name) => path.join(apps, 'node_modules', name);
const json = async (file) => JSON.parse(await fs.readFile(file, 'utf8'));
const node = (script) => run('node', ['--input-type=module', '--eval', script], { cwd: apps });

test('a package has what it should, and nothing else', async () => {
  const contents = Object.fromEntries(await Promise.all(packages.map(async (name) => {
    const files = await fs.readdir(homeOf(name), { recursive: true, withFileTypes: true });
    return [name, files.filter((it) => it.isFile()).map((it) => path.relative(homeOf(name), path.join(it.parentPath, it.name))).sort()];
  })));
  for (const name of ['react', 'vue']) {
    expect(contents[`@latchlet/${name}`]).toEqual(['README.md', 'index.d.ts', 'index.js', 'package.json']);
  }
  expect(contents['@latchlet/svelte']).toEqual(['LatchletBox.svelte', 'README.md', 'index.d.ts', 'index.js', 'package.json']);
  const known = /^(README\.md|package\.json|config\.(d\.ts|schema\.json)|custom-elements\.json|dist\/[\w-]+\.(d\.ts|js|wasm)|dist\/shell\/\w+\.d\.ts|cdn\/([\w-]+\.(js|wasm)|integrity\.json))$/;
  expect(contents.latchlet.filter((file) => !known.test(file))).toEqual([]);
  for (const file of ['dist/box.js', 'dist/lock.js', 'dist/define.d.ts', 'dist/lock.d.ts', 'dist/latchlet_bg.wasm', 'cdn/box.js', 'config.d.ts']) {
    expect(contents.latchlet).toContain(file);
  }
});

test('npm’s own linter of packages has nothing to say', async () => {
  const { publint } = await import(path.join(homeOf('publint'), 'src/index-node.js'));
  for (const name of packages) {
    const { messages } = await publint({ pkgDir: homeOf(name), pack: false, strict: true });
    expect(messages, name).toEqual([]);
  }
});

test('every file that a package exports is there', async () => {
  for (const name of packages) {
    const { exports } = await json(path.join(homeOf(name), 'package.json'));
    const files = Object.values(exports).flatMap((it) => (typeof it === 'string' ? it : Object.values(it)));
    for (const file of files.filter((it) => !it.includes('*'))) await fs.access(path.join(homeOf(name), file));
  }
  const cdn = path.join(homeOf('latchlet'), 'cdn');
  const names = (await fs.readdir(cdn)).filter((file) => file !== 'integrity.json');
  expect(Object.keys(await json(path.join(cdn, 'integrity.json'))).sort()).toEqual(names.sort());
});

test('the types hold, and refuse what they should, however they are resolved', async () => {
  const folder = path.join(apps, 'node_modules/.latchlet-types');
  await fs.rm(folder, { recursive: true, force: true });
  await fs.mkdir(folder);
  await fs.writeFile(path.join(folder, 'package.json'), '{ "type": "module" }');
  for (const name of ['react', 'svelte', 'vue']) {
    await fs.copyFile(path.join(root, 'packages', name, 'test/types.test-d.ts'), path.join(folder, `${name}.ts`));
  }
  await fs.writeFile(path.join(folder, 'latchlet.ts'), `
    import Latchlet from 'latchlet';
    import { configure, type LatchletBox } from 'latchlet/box';
    configure({ wasmUrl: '/a.wasm' });
    new Latchlet('id', 'domain').on('authenticated', ({ accessToken }) => accessToken.length);
    export const shown = (box: LatchletBox) => box.ready.then((it) => it.show({ initialScreen: 'login' }));
    // @ts-expect-error there is no such screen
    export const wrong = (box: LatchletBox) => box.show({ initialScreen: 'signIn' });`);
  for (const [module, resolution] of [['esnext', 'bundler'], ['node16', 'node16']]) {
    const options = ['--noEmit', '--strict', '--skipLibCheck', '--module', module, '--moduleResolution', resolution, '--target', 'es2022', '--types', 'react'];
    const files = ['latchlet', 'react', 'svelte', 'vue'].map((name) => path.join(folder, `${name}.ts`));
    const { stdout } = await run(path.join(root, 'node_modules/.bin/tsc'), [...options, ...files], { cwd: apps }).catch((error) => error);
    expect(stdout, resolution).toBe('');
  }
});

test('a server can import each package', async () => {
  for (const name of ['latchlet', 'latchlet/box', '@latchlet/react', '@latchlet/vue']) {
    expect(await node(`await import('${name}')`)).toEqual({ stdout: '', stderr: '' });
  }
});

/** How each framework renders on a server. */
const renders = {
  React: `import { createElement as h } from 'react';
    import { renderToString } from 'react-dom/server';
    import { LatchletBox } from '@latchlet/react';
    console.log(renderToString(h(LatchletBox, { options: { clientId: 'a', domain: 'b' }, className: 'wide' }, h('a', { href: '/hosted' }, 'Log in here'))));`,
  Vue: `import { createSSRApp, h } from 'vue';
    import { renderToString } from 'vue/server-renderer';
    import { LatchletBox } from '@latchlet/vue';
    const box = () => h(LatchletBox, { options: { clientId: 'a', domain: 'b' }, class: 'wide' }, () => h('a', { href: '/hosted' }, 'Log in here'));
    console.log(await renderToString(createSSRApp(box)));`,
};

for (const [framework, script] of Object.entries(renders)) {
  test(`${framework} renders the tag on a server, with its children and nothing that runs`, async () => {
    const { stdout, stderr } = await node(script);
    expect(plain(stdout)).toBe('<latchlet-box class="wide"><a href="/hosted">Log in here</a></latchlet-box>');
    expect(stderr).toBe('');
  });
}

test('Svelte renders the tag on a server, with its children and nothing that runs', async () => {
  const { build } = await import(path.join(homeOf('vite'), 'dist/node/index.js'));
  const { svelte } = await import(path.join(homeOf('@sveltejs/vite-plugin-svelte'), 'src/index.js'));
  await inFolder(async (folder) => {
    const entry = path.join(apps, 'svelte/App.svelte');
    await build({
      root: apps, configFile: false, logLevel: 'error', plugins: [svelte({ configFile: false })],
      build: { ssr: entry, outDir: folder }, ssr: { noExternal: true },
    });
    const app = pathToFileURL(path.join(folder, 'App.js'));
    const { stdout, stderr } = await node(`
      import { render } from 'svelte/server';
      const { default: App } = await import('${app}');
      console.log((await render(App, { props: { options: { clientId: 'a', domain: 'b' } } })).body);`);
    expect(plain(stdout)).toContain('<latchlet-box><a href="/hosted">Log in here</a></latchlet-box>');
    expect(stderr).toBe('');
  });
});

/** Without the comments by which a framework finds its places again. */
const plain = (markup) => markup.replaceAll(/<!--.*?-->/g, '').trim();

test('the manifest of custom elements says what the class has', async () => {
  const manifest = await json(path.join(homeOf('latchlet'), 'custom-elements.json'));
  const [declared] = manifest.modules[0].declarations;
  const { LatchletBox } = await import(path.join(homeOf('latchlet'), 'dist/box.js'));
  const names = (list) => list.map(({ name }) => name).sort();
  expect(names(declared.attributes)).toEqual([...LatchletBox.observedAttributes].sort());
  const reactions = ['constructor', 'connectedCallback', 'disconnectedCallback', 'attributeChangedCallback'];
  const own = Object.getOwnPropertyNames(LatchletBox.prototype).filter((name) => !reactions.includes(name)).sort();
  expect(names(declared.members)).toEqual(own);
  const methods = own.filter((name) => 'value' in Object.getOwnPropertyDescriptor(LatchletBox.prototype, name));
  expect(names(declared.members.filter(({ kind }) => kind === 'method'))).toEqual(methods);
  const fields = names(declared.members);
  expect(declared.attributes.filter(({ fieldName }) => !fields.includes(fieldName))).toEqual([]);
  expect(names(declared.events)).toEqual(await eventNames());
});

test('every component knows every event', async () => {
  const wanted = (await eventNames()).map((name) => name.replace('latchlet:', ''));
  for (const file of ['@latchlet/react/index.js', '@latchlet/vue/index.js', '@latchlet/svelte/LatchletBox.svelte']) {
    const [, list] = /EVENTS = [[{](.*?)[\]}];/s.exec(await fs.readFile(homeOf(file), 'utf8'));
    expect([...list.matchAll(/'([\w-]+)'/g)].map(([, name]) => name).sort(), file).toEqual(wanted);
  }
});

const eventNames = async () => {
  const types = await fs.readFile(path.join(homeOf('latchlet'), 'dist/box-events.d.ts'), 'utf8');
  return [...types.matchAll(/'(latchlet:[\w-]+)'/g)].map(([, name]) => name).sort();
};

test('the files under names of their own work together', async ({ page, host }) => {
  const cdn = path.join(homeOf('latchlet'), 'cdn');
  const named = (await fs.readdir(cdn)).filter((file) => /-[0-9a-f]{10}\./.test(file));
  for (const file of named) {
    host.pages[`/cdn/${file}`] = { type: file.endsWith('.js') ? 'text/javascript' : 'application/wasm', body: await fs.readFile(path.join(cdn, file)) };
  }
  const tag = new ElementPage(page, host);
  await tag.openBox({}, { script: `<script type="module" src="/cdn/${named.find((file) => file.startsWith('box-'))}"></script>` });
  await expect(tag.box.email).toBeVisible();
});
