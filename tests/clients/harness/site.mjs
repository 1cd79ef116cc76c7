// Pages of an application, each with one client on it that nobody here wrote.
// Some of these build HTML from strings, so the pages have no policy.

import { once } from 'node:events';
import https from 'node:https';
import { createRequire } from 'node:module';
import { build } from 'esbuild';
import { pems } from './authority.mjs';

/** What the page of each client has on `globalThis`. */
const clients = {
  'auth0-js': "import auth0 from 'auth0-js'; globalThis.auth0 = auth0;",
  'spa-js': "import * as spa from '@auth0/auth0-spa-js'; globalThis.spa = spa;",
  // In a frame it tells the page around it how a login ended.
  'oidc-client-ts': `
    import * as oidc from 'oidc-client-ts';
    globalThis.oidc = oidc;
    if (parent !== window) new oidc.UserManager({ authority: '', client_id: '', redirect_uri: '' }).signinSilentCallback();
  `,
  lock: "import { Auth0Lock, Auth0LockPasswordless } from 'auth0-lock'; Object.assign(globalThis, { Auth0Lock, Auth0LockPasswordless });",
};

/** Lock wants the form of its own auth0-js that bundlers choose by `import`. */
const locks = createRequire(createRequire(import.meta.url).resolve('auth0-lock'));
const modules = {
  name: 'modules',
  setup: (given) => given.onResolve({ filter: /^auth0-js$/ }, ({ importer }) => (
    importer.includes('auth0-lock') ? { path: locks.resolve('auth0-js/dist/auth0.min.esm.js') } : undefined
  )),
};

async function bundle(contents) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: import.meta.dirname },
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
    plugins: [modules],
    bundle: true,
    minify: true,
    format: 'iife',
    write: false,
    logLevel: 'error',
  });
  return outputFiles[0].contents;
}

export class Site {
  #scripts = {};

  /** Serves on a port of the machine's choice, or on one that a tenant knows. */
  static async start({ port = 0, host = '127.0.0.1' } = {}) {
    const site = new Site();
    site.http = https.createServer(pems(), (request, response) => {
      site.#serve(new URL(request.url, site.origin), response).catch((error) => {
        response.writeHead(500, { 'content-type': 'text/plain' }).end(error.stack);
      });
    });
    site.http.listen(port, host);
    await once(site.http, 'listening');
    site.origin = `https://${host}:${site.http.address().port}`;
    return site;
  }

  /** The page of a client. */
  page(client) {
    return `${this.origin}/${client}`;
  }

  async close() {
    this.http.closeAllConnections();
    this.http.close();
    await once(this.http, 'close');
  }

  async #serve({ pathname }, response) {
    const [, client, script] = pathname.split('/');
    if (script === 'client.js' && clients[client]) {
      this.#scripts[client] ??= bundle(clients[client]);
      response.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8' }).end(await this.#scripts[client]);
    } else {
      const tag = clients[client] ? `<script src="/${client}/client.js"></script>` : '';
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
        .end(`<!doctype html><html lang="en"><meta charset="utf-8"><link rel="icon" href="data:,"><title>Application</title>${tag}<h1>Application</h1>`);
    }
  }
}
