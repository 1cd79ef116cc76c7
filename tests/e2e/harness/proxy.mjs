// A proxy in front of the real server that can spoil single requests: the
// network between a person and the server, as it is on a bad day.

import http from 'node:http';
import { once } from 'node:events';

export class Proxy {
  /** Requests that came, as `METHOD /path`, for tests that count. */
  seen = [];

  /** JSON that is given in the server's place, by its path. */
  instead = {};

  #faults = [];

  static async start() {
    const proxy = new Proxy();
    proxy.http = http.createServer((request, response) => {
      proxy.#serve(request, response).catch(() => response.destroy());
    });
    proxy.http.listen(0, '127.0.0.1');
    await once(proxy.http, 'listening');
    proxy.origin = `http://127.0.0.1:${proxy.http.address().port}`;
    return proxy;
  }

  /** Where requests go. Known later than the proxy's own address. */
  target = undefined;

  /**
   * Spoils the next `times` requests for a path. The fault may have:
   * `answer` {status, headers, body} sent in the server's place;
   * `delay` in milliseconds before the request goes on;
   * `cut`: 'before' the server saw the request, or 'after' it did its work;
   * `silence`: no answer ever;
   * `method`: only requests of this one.
   */
  spoil(path, fault, times = 1) {
    this.#faults.push({ path, fault, times });
  }

  heal() {
    this.#faults = [];
  }

  count(request) {
    return this.seen.filter((one) => one === request).length;
  }

  async close() {
    this.http.closeAllConnections();
    this.http.close();
    await once(this.http, 'close');
  }

  #fault(path, method) {
    const found = this.#faults.find((one) =>
      one.path === path && one.times > 0 && (one.fault.method ?? method) === method);
    if (found) found.times -= 1;
    return found?.fault ?? {};
  }

  async #serve(request, response) {
    const { pathname } = new URL(request.url, this.origin);
    this.seen.push(`${request.method} ${pathname}`);
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    // A fault is for the request that the page meant, not for its preflight.
    const fault = request.method === 'OPTIONS' ? {} : this.#fault(pathname, request.method);
    if (fault.silence) return;
    if (fault.delay) await new Promise((resolve) => { setTimeout(resolve, fault.delay); });
    if (fault.cut === 'before') {
      response.destroy();
      return;
    }
    if (fault.answer) {
      const { status, headers = {}, body = '' } = fault.answer;
      response.writeHead(status, { ...this.#readableBy(request), ...headers }).end(body);
      return;
    }
    if (this.instead[pathname]) {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(this.instead[pathname]));
      return;
    }
    const answer = await this.#forward(request, Buffer.concat(chunks));
    if (fault.cut === 'after') {
      answer.resume();
      await once(answer, 'end');
      response.destroy();
      return;
    }
    response.writeHead(answer.statusCode, answer.headers);
    answer.pipe(response);
  }

  /** A spoilt answer is still one that the page may read. */
  #readableBy(request) {
    const { origin } = request.headers;
    return origin
      ? {
        'access-control-allow-origin': origin,
        'access-control-allow-credentials': 'true',
        'access-control-expose-headers': 'Retry-After',
      }
      : {};
  }

  async #forward(request, body) {
    const onward = http.request(new URL(request.url, this.target), {
      method: request.method,
      headers: request.headers,
    });
    onward.end(body);
    const [answer] = await once(onward, 'response');
    return answer;
  }
}
