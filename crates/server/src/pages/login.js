// Puts the box in the place of the plain form. What was typed there meanwhile
// goes along, and so does the focus.
import init, { mount } from '/latchlet/latchlet.js';

const host = document.getElementById('box');
await init();

const typed = [...host.querySelectorAll('[name]')].map((control) => ({
  name: control.name,
  value: control.value,
  checked: control.checked,
  ticks: control.type === 'checkbox' || control.type === 'radio',
  focused: control === document.activeElement,
}));

function handOver() {
  for (const { name, value, checked, ticks, focused } of typed) {
    const same = [...host.querySelectorAll(`[name="latchlet-${CSS.escape(name)}"]`)];
    const control = ticks && same.length > 1 ? same.find((each) => each.value === value) : same[0];
    if (!control) continue;
    if (ticks) control.checked = checked;
    else if (value) control.value = value;
    control.dispatchEvent(new Event('input', { bubbles: true }));
    if (focused) control.focus();
  }
}

host.addEventListener('latchlet:screen', () => queueMicrotask(handOver), { once: true });
mount(host, JSON.parse(host.dataset.config));
