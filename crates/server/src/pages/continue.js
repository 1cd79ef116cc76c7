// Shows the box with its questions. It sends the answers itself, and takes the
// browser back to the tenant.
import init, { mount } from '/latchlet/latchlet.js';

const host = document.getElementById('box');
await init();
mount(host, JSON.parse(host.dataset.config));
