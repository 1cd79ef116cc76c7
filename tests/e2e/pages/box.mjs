// Mounts the box with the options of the test, as a website would.

import init, { mount } from '/latchlet/latchlet.js';
import change from '/change.mjs';

const [options] = await Promise.all([
  fetch('/options.json').then((response) => response.json()),
  init(),
]);
const element = document.querySelector('#box');
const events = [];
for (const name of ['signup', 'authenticated', 'error', 'config-error']) {
  element.addEventListener(`latchlet:${name}`, (event) => {
    events.push({ name, detail: event.detail });
  });
}
// For the tests: what the box told this page, its options, and its handle.
globalThis.latchletTest = { events, mount, element, options };
change(options, element);
globalThis.latchletTest.handle = mount(element, options);
