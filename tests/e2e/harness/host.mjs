// A website of somebody else that embeds the box: another origin than the
// auth server's, under the strictest policy that a page can have.

import { once } from 'node:events';
import fs from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import path from 'node:path';
import { root } from './environment.mjs';

export const types = {
  '.html': 'text/html; charset=utf-8',
  '.mjs': 'text/javascript',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
};

/** The policy of every page, with the one place that its requests may go to. */
export function policy(connectTo = '') {
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self'",
    `connect-src 'self' ${connectTo}`.trim(),
    // The silent look for a session is a frame of the auth server.
    ...(connectTo ? [`frame-src ${connectTo}`] : []),
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

export class Host {
  /** Options of the box on `/`, set by the test before it opens the page. */
  options = {};

  /**
   * What JSON cannot say: a function that the page runs on the options before
   * it mounts the box, with the element as its second argument. It sees nothing
   * of the test around it.
   */
  change = () => {};

  /** Pages of the test's own, by their path: HTML, or an object with a `type`. */
  pages = {};

  /** Another policy than the strictest. */
  policy = undefined;

  /** Whether a browser may keep what is sent. */
  cached = false;

  /** What the server of the box is called, for the policy. */
  connectTo = '';

  /** `tls` is a certificate and its key, as texts; `name`, what the browser calls it. */
  static async start({ name = '127.0.0.1', tls } = {}) {
    const host = new Host();
    const server = tls ? (listener) => https.createServer(tls, listener) : http.createServer;
    host.http = server((request, response) => {
      host.#serve(new URL(request.url, host.origin), response).catch((error) => {
        response.writeHead(404, { 'content-type': 'text/plain' }).end(String(error.code ?? error));
      });
    });
    host.http.listen(0, '127.0.0.1');
    await once(host.http, 'listening');
    host.origin = `${tls ? 'https' : 'http'}://${name}:${host.http.address().port}`;
    return host;
  }

  async close() {
    this.http.closeAllConnections();
    this.http.close();
    await once(this.http, 'close');
  }

  async #serve(url, response) {
    const send = (type, body) => {
      response.writeHead(200, {
        'content-type': type,
        'content-security-policy': this.policy ?? policy(this.connectTo),
        'cache-control': this.cached ? 'no-cache' : 'no-store',
      }).end(body);
    };
    const own = this.pages[url.pathname];
    if (own) {
      send(own.type ?? types['.html'], own.body ?? own);
    } else if (url.pathname === '/options.json') {
      send('application/json', JSON.stringify(this.options));
    } else if (url.pathname === '/change.mjs') {
      send('text/javascript', `export default ${this.change};`);
    } else if (url.pathname.startsWith('/latchlet/')) {
      await this.#file('dist', url.pathname.slice('/latchlet/'.length), send);
    } else {
      await this.#file('tests/e2e/pages', url.pathname === '/' ? 'box.html' : url.pathname.slice(1), send);
    }
  }

  async #file(folder, name, send) {
    const file = path.join(root, folder, path.basename(name));
    send(types[path.extname(file)] ?? 'application/octet-stream', await fs.readFile(file));
  }
}
