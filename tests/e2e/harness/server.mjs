// The real server, on a port and a database file of its own.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { executable, root } from './environment.mjs';

/** A port that nobody listens on. */
export async function freePort() {
  const probe = net.createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}

/** A JSON file, for a test to change. */
async function json(file) {
  return JSON.parse(await fs.readFile(path.join(root, file), 'utf8'));
}

export class Server {
  /**
   * Starts a server. `publicUrl` is what it calls itself, where a proxy stands
   * before it; `name`, what the browser calls it; `change` may edit the two
   * configs, the server's, which is the demo's, and that of the box; `tls` names
   * a certificate and its key.
   */
  static async start({ publicUrl, name, change = () => {}, tls } = {}) {
    const server = new Server();
    server.tls = tls;
    server.port = await freePort();
    server.origin = `${tls ? 'https' : 'http'}://127.0.0.1:${server.port}`;
    server.publicUrl = publicUrl ?? (name ? `https://${name}:${server.port}` : server.origin);
    server.folder = await fs.mkdtemp(path.join(os.tmpdir(), 'latchlet-e2e-'));
    const configs = [await json('examples/demo/server.json'), await json('tests/e2e/harness/box.json')];
    // What a test waits for is what it asked for itself.
    delete configs[0].connections[0].email_verification;
    change(...configs);
    for (const [index, name] of ['server.json', 'config.json'].entries()) {
      await fs.writeFile(path.join(server.folder, name), JSON.stringify(configs[index]));
    }
    server.log = '';
    await server.run();
    return server;
  }

  async run() {
    const program = executable('LATCHLET_TEST_SERVER');
    this.child = spawn(program, [
      'serve',
      '--dev',
      '--listen', `127.0.0.1:${this.port}`,
      '--public-url', this.publicUrl,
      '--database', `sqlite:${path.join(this.folder, 'test.db')}`,
      '--config', path.join(this.folder, 'server.json'),
      ...(this.tls ? ['--tls-certificate', this.tls.certificate, '--tls-key', this.tls.key] : []),
    ]);
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream.on('data', (data) => { this.log += data; });
    }
    this.ended = once(this.child, 'exit');
    for (let attempt = 0; attempt < 200; attempt += 1) {
      if (this.child.exitCode !== null) break;
      const answer = await fetch(`${this.origin}/health`).catch(() => undefined);
      if (answer?.ok) return;
      await new Promise((resolve) => { setTimeout(resolve, 50); });
    }
    this.child.kill('SIGKILL');
    throw new Error(`the server did not come up:\n${this.log}`);
  }

  /** The newest thing that was sent to somebody, once there is one. */
  async letter(to) {
    for (let attempt = 0; attempt < 200; attempt += 1) {
      const letters = await (await fetch(`${this.origin}/dev/mailbox.json`)).json();
      const letter = letters.findLast((each) => each.to === to);
      if (letter) return letter;
      await new Promise((resolve) => { setTimeout(resolve, 25); });
    }
    throw new Error(`nothing was sent to ${to}:\n${this.log}`);
  }

  /** Puts the server's clock forward. */
  async forward(seconds) {
    const reply = await fetch(`${this.origin}/dev/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ advance: seconds }),
    });
    if (!reply.ok) throw new Error(`the clock did not move: ${reply.status}`);
  }

  /** Asks the server to end, as an operator would, and waits for it. */
  async end(signal = 'SIGTERM') {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      this.child.kill(signal);
      await this.ended;
    }
  }

  /** Ends the server and starts it again on the same port and database. */
  async restart(signal) {
    await this.end(signal);
    await this.run();
  }

  async close() {
    await this.end('SIGKILL');
    await fs.rm(this.folder, { recursive: true, force: true });
  }
}
