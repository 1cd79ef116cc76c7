// A page of one script, which any bundler may build.

import 'latchlet/box';

const box = document.querySelector('latchlet-box');
box.options = await fetch('/options.json').then((reply) => reply.json());
box.addEventListener('latchlet:authenticated', ({ detail }) => {
  document.querySelector('#hello').textContent = `Hello, ${detail.idTokenPayload.email}`;
});
