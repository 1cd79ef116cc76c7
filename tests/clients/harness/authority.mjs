// A certificate authority for one run of the tests, and a certificate for the
// servers of this machine. Node reads NODE_EXTRA_CA_CERTS when it starts, so
// they are made before the processes that run the tests.

import { X509Certificate, createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { generate } from 'selfsigned';

const names = [
  { type: 2, value: 'localhost' },
  { type: 7, ip: '127.0.0.1' },
];

/** Makes both, unless they are there, and says by environment where they are. */
export async function certify() {
  if (!process.env.LATCHLET_TEST_TLS) await make();
  process.env.NODE_EXTRA_CA_CERTS = file('authority.pem');
}

async function make() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'latchlet-tls-'));
  process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
  const common = { keyType: 'ec', algorithm: 'sha256' };
  const authority = await generate([{ name: 'commonName', value: 'An authority for tests' }], {
    ...common,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const server = await generate([{ name: 'commonName', value: 'localhost' }], {
    ...common,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: names },
    ],
  });
  const write = (name, text) => fs.writeFileSync(path.join(folder, name), text, { mode: 0o600 });
  write('authority.pem', authority.cert);
  write('certificate.pem', server.cert);
  write('key.pem', server.private);
  process.env.LATCHLET_TEST_TLS = folder;
}

const file = (name) => path.join(process.env.LATCHLET_TEST_TLS, name);

/** The files, as `latchlet serve` wants them. */
export const files = () => ({ certificate: file('certificate.pem'), key: file('key.pem') });

/** The texts, as Node's own servers want them. */
export const pems = () => ({
  cert: fs.readFileSync(file('certificate.pem')),
  key: fs.readFileSync(file('key.pem')),
});

/** What Chromium knows the certificate by: it then trusts this one key. */
export function fingerprint() {
  const { publicKey } = new X509Certificate(pems().cert);
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(spki).digest('base64');
}
