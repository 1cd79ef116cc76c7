// The site that is measured: a page for each candidate, its scripts built by esbuild and
// sent by Brotli, and the least that an auth server has to answer for a form to show.

import { build } from 'esbuild';
import { once } from 'node:events';
import fs from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { root } from '../../tests/e2e/harness/environment.mjs';

const here = import.meta.dirname;
const types = { '.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html', '.wasm': 'application/wasm', '.json': 'application/json' };

/** What is measured, by the name of its page. */
export const candidates = {
  floor: 'hand-written, drawn by JS (the floor)',
  latchlet: 'latchlet',
  'auth0-lock': 'auth0-lock 14.3',
  hanko: 'hanko-elements 2.7',
  supabase: 'supabase auth-ui-react 0.4',
  firebaseui: 'firebaseui 6.1',
  amplify: 'amplify ui-react 6.15',
};

const compressed = (body) => brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });

const page = (head, body = '') => `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>A page</title>${head}</head>
<body><main><h1>Sign up</h1><div id="place">${body}</div></main></body></html>`;

/** What our own page has in its HTML: the tag, with its options as data. */
async function tag(origin) {
  const { fields } = await import('./pages/form.js');
  const options = { clientId: 'bench', domain: origin, initialScreen: 'signUp', connections: [{ name: 'db' }], additionalSignUpFields: fields };
  return page('<script type="module" src="/latchlet/box.js"></script>',
    `<latchlet-box><script type="application/json">${JSON.stringify(options)}</script></latchlet-box>`);
}

/** The replies without which some do not show a form. */
const replies = {
  // Lock's settings of a client.
  '/client/bench.js': ['text/javascript', `Auth0.setClient(${JSON.stringify({
    id: 'bench', tenant: 'bench', subscription: 'free', allowed: [], callback: '', strategies: [{ name: 'auth0', connections: [{ name: 'db', passwordPolicy: 'none', showSignup: true, showForgot: true }] }],
  })});`],
  // The first state of Hanko's login.
  '/login': ['application/json', JSON.stringify({
    name: 'login_init', status: 200, csrf_token: 'x', links: [], payload: {},
    actions: { continue_with_login_identifier: { action: 'continue_with_login_identifier', href: '/login?action=a', description: '', inputs: {
      email: { name: 'email', type: 'email', required: true, hidden: false, max_length: 100 } } } },
  })],
  '/sessions/validate': ['application/json', '{"is_valid":false}'],
};

export class Site {
  #files = new Map();

  static async start() {
    const site = new Site();
    site.http = http.createServer((request, response) => site.#answer(request, response)).listen(0, '127.0.0.1');
    await once(site.http, 'listening');
    site.origin = `http://127.0.0.1:${site.http.address().port}`;
    await site.#build();
    return site;
  }

  close() {
    this.http.closeAllConnections();
    this.http.close();
  }

  #put(address, body) {
    const plain = Buffer.from(body);
    this.#files.set(address, { type: types[path.extname(address)] ?? 'text/html', body: compressed(plain) });
  }

  async #build() {
    const names = [...Object.keys(candidates), 'bare'];
    for (const name of names) {
      const { outputFiles } = await build({
        entryPoints: [path.join(here, 'pages', `${name}.js`)], outdir: `/app/${name}`,
        bundle: true, splitting: true, minify: true, format: 'esm', target: 'es2022', write: false, logLevel: 'error',
        // It brings a React of its own, and takes ours for its root.
        alias: name === 'supabase' ? { react: path.join(here, 'node_modules/react') } : {},
        define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' }, loader: { '.svg': 'dataurl', '.png': 'dataurl' },
      });
      for (const { path: address, contents } of outputFiles) this.#put(address, contents);
      const css = outputFiles.some(({ path: file }) => file.endsWith(`${name}.css`)) ? `<link rel="stylesheet" href="/app/${name}/${name}.css">` : '';
      this.#put(`/${name}`, page(`${css}<script type="module" src="/app/${name}/${name}.js"></script>`));
    }
    for (const file of ['box.js', 'latchlet.js', 'latchlet_bg.wasm']) {
      this.#put(`/latchlet/${file}`, await fs.readFile(path.join(root, 'dist', file)));
    }
    const [own, mounts] = [await tag(this.origin), '<script type="module" src="/app/latchlet/latchlet.js"></script></head>'];
    this.#put('/latchlet', own);
    this.#put('/latchlet/mounts', own.replace('</head>', mounts));
    for (const [address, [, body]] of Object.entries(replies)) this.#put(address, body);
  }

  #answer(request, response) {
    const { pathname } = new URL(request.url, this.origin);
    const file = this.#files.get(pathname);
    const type = replies[pathname]?.[0] ?? file?.type;
    if (!file) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': type, 'content-encoding': 'br', 'cache-control': 'no-store' }).end(file.body);
  }
}
