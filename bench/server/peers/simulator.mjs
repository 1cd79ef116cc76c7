// npm's `@simulacrum/auth0-simulator` as a peer to measure beside. It checks
// neither secrets nor signatures, and speaks TLS alone.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { packages } from './packages.mjs';

const [port] = process.argv.slice(2);
const user = { id: 'ada', name: 'Ada', email: 'ada@example.com', password: 'ada' };

// It looks for its certificate in the folder of the user.
const home = mkdtempSync(path.join(os.tmpdir(), 'latchlet-bench-'));
process.env.HOME = home;
const certificates = path.join(home, '.simulacrum', 'certs');
mkdirSync(certificates, { recursive: true });
execFileSync('openssl', [
  'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost',
  '-keyout', path.join(certificates, 'localhost-key.pem'), '-out', path.join(certificates, 'localhost.pem'),
], { stdio: 'ignore' });

// Its ES module calls a library in a way that the library does not have.
const { simulation } = packages('@simulacrum/auth0-simulator');
// Its log of every request is no part of what is measured.
console.dir = console.info = console.debug = () => {};
const say = console.log;
console.log = () => {};
const options = { port: Number(port), clientID: 'bench'.padEnd(32, '0') };
await simulation({ initialState: { users: [user] }, options }).listen(Number(port));
rmSync(home, { recursive: true, force: true });

const url = `https://localhost:${port}`;
const form = { client_id: 'bench', client_secret: 'any', audience: `${url}/api/v2/` };
process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
const reply = await fetch(`${url}/oauth/token`, {
  method: 'POST',
  body: new URLSearchParams({ ...form, grant_type: 'password', username: user.email, password: user.password }),
});
const { access_token: bearer } = await reply.json();
say(JSON.stringify({
  token: { url: `${url}/oauth/token`, form: { ...form, grant_type: 'client_credentials' } },
  userinfo: { url: `${url}/userinfo`, bearer },
}));
