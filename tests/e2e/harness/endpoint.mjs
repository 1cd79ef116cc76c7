// A customer's own server that keeps profiles: `GET`, and `PATCH` with a JSON
// Merge Patch (RFC 7396).

import http from 'node:http';
import { once } from 'node:events';

export class Endpoint {
  /** What is stored; nothing at first. */
  profile = undefined;

  /** The changes that came, with their headers. */
  changes = [];

  static async start() {
    const endpoint = new Endpoint();
    endpoint.http = http.createServer((request, response) => {
      endpoint.#serve(request, response).catch(() => response.destroy());
    });
    endpoint.http.listen(0, '127.0.0.1');
    await once(endpoint.http, 'listening');
    endpoint.origin = `http://127.0.0.1:${endpoint.http.address().port}`;
    return endpoint;
  }

  async close() {
    this.http.closeAllConnections();
    this.http.close();
    await once(this.http, 'close');
  }

  async #serve(request, response) {
    const { origin } = request.headers;
    const cors = {
      'access-control-allow-origin': origin ?? '*',
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': 'GET, PATCH',
      'access-control-allow-headers': 'authorization, content-type, idempotency-key',
    };
    const reply = (status, body) => {
      response.writeHead(status, { ...cors, 'content-type': 'application/json' }).end(body && JSON.stringify(body));
    };
    if (request.method === 'OPTIONS') return reply(204);
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const { authorization, cookie } = request.headers;
    if (!authorization && !cookie) return reply(401, { error: 'unauthorized' });
    if (request.method === 'GET') return this.profile ? reply(200, this.profile) : reply(404, {});
    const change = JSON.parse(Buffer.concat(chunks));
    this.changes.push({ headers: request.headers, change });
    this.profile = merge(this.profile, change);
    return reply(200, this.profile);
  }
}

/** RFC 7396, section 2. */
function merge(target, patch) {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch;
  const merged = typeof target === 'object' && target !== null && !Array.isArray(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete merged[name];
    else merged[name] = merge(merged[name], value);
  }
  return merged;
}
