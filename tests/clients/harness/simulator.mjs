// npm's `@simulacrum/auth0-simulator`, in a process of its own: it looks for its
// certificate in the folder of the user, and writes down every request.

import { fork } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs/promises';
import { createRequire } from 'node:module';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { pems } from './authority.mjs';

/** A port that nobody listens on. The simulator takes none that is higher. */
async function freePort() {
  for (;;) {
    const port = randomInt(3000, 10_000);
    const probe = net.createServer().listen(port, '127.0.0.1');
    const isFree = await once(probe, 'listening').then(() => true, () => false);
    if (!isFree) continue;
    probe.close();
    await once(probe, 'close');
    return port;
  }
}

export class Simulator {
  /** Starts it with these people: `id`, `name`, `email`, `password`. */
  static async start(users) {
    const simulator = new Simulator();
    const home = await fs.mkdtemp(path.join(os.tmpdir(), 'latchlet-simulator-'));
    const certificates = path.join(home, '.simulacrum', 'certs');
    await fs.mkdir(certificates, { recursive: true });
    const { cert, key } = pems();
    await fs.writeFile(path.join(certificates, 'localhost.pem'), cert);
    await fs.writeFile(path.join(certificates, 'localhost-key.pem'), key);
    const port = await freePort();
    simulator.origin = `https://127.0.0.1:${port}`;
    simulator.home = home;
    simulator.child = fork(import.meta.filename, [], { env: { ...process.env, HOME: home }, silent: true });
    let said = '';
    simulator.child.stderr.on('data', (chunk) => { said += chunk; });
    simulator.child.send({ port, users });
    const [answer] = await Promise.race([once(simulator.child, 'message'), once(simulator.child, 'exit')]);
    if (answer !== 'listening') throw new Error(`the simulator did not come up: ${said}`);
    return simulator;
  }

  async close() {
    const ended = once(this.child, 'exit');
    this.child.kill();
    await ended;
    await fs.rm(this.home, { recursive: true, force: true });
  }
}

// The process itself.
if (process.argv[1] === import.meta.filename) {
  const [{ port, users }] = await once(process, 'message');
  // Its ES module calls a library in a way that the library does not have.
  const { simulation } = createRequire(import.meta.url)('@simulacrum/auth0-simulator');
  const options = { port, clientID: 'simulated'.padEnd(32, '0'), scope: 'openid profile email' };
  await simulation({ initialState: { users }, options }).listen(port);
  process.send('listening');
}
