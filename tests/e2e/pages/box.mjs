// Mounts the box with the options of the test, as a website would.

import init, { mount } from '/latchlet/latchlet.js';
import change from '/change.mjs';

const [options] = await Promise.all([
  fetch('/options.json').then((response) => response.json()),
  init(),
]);
const element = document.querySelector('#box');
const events = [];
const names = [
  'signup', 'authenticated', 'error', 'config-error',
  'profileshown', 'profileanswered', 'profileskipped', 'profilesnoozed', 'fielderror',
];
for (const name of names) {
  element.addEventListener(`latchlet:${name}`, (event) => {
    events.push({ name, detail: event.detail });
  });
}
// For the tests: what the box told this page, its options, and its handle.
globalThis.latchletTest = { events, mount, element, options };
change(options, element);
globalThis.latchletTest.handle = mount(element, options);
