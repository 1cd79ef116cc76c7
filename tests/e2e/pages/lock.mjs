// A page that had Lock and changed its import: `Latchlet`, and what it tells.

import Latchlet, { LatchletError } from '/latchlet/lock.js';

const { clientId, domain, ...options } = await fetch('/options.json').then((response) => response.json());
const screens = ['signin', 'signup', 'forgot_password', 'socialOrEmail', 'socialOrPhoneNumber', 'vcode'];
const names = [
  'show', 'hide', 'unrecoverable_error', 'authenticated', 'authorization_error', 'hash_parsed', 'signup success',
  'signup error', 'forgot_password error', 'federated login', 'beforesubmit',
  'profileshown', 'profileanswered', 'profileskipped', 'profilesnoozed',
  ...screens.flatMap((screen) => [`${screen} ready`, `${screen} submit`]),
];
const events = [];

/** A Latchlet of the test's options and some more, which keeps a diary. */
function make(more = {}) {
  const lock = new Latchlet(clientId, domain, { ...options, ...more });
  for (const name of names) {
    lock.on(name, (...args) => events.push({ name, args: JSON.parse(JSON.stringify(args)) }));
  }
  return lock;
}

// What the page before this one was told, until it went to log in.
const before = JSON.parse(sessionStorage.getItem('diary') ?? '[]');
addEventListener('pagehide', () => sessionStorage.setItem('diary', JSON.stringify(events)));

globalThis.lockTest = { Latchlet, LatchletError, clientId, domain, options, events, before, make, lock: make() };
document.querySelector('#opener').addEventListener('click', () => globalThis.lockTest.lock.show());
document.documentElement.dataset.ready = '';
