// A Vue application with the box: options by a property, events as Vue emits them.

import { LatchletBox } from '@latchlet/vue';
import { createApp, h, ref } from 'vue';

const options = await fetch('/options.json').then((reply) => reply.json());

createApp({
  setup() {
    const [person, count, isShown, box] = [ref(null), ref(0), ref(true), ref(null)];
    const button = (text, onClick) => h('button', { type: 'button', onClick }, text);
    return () => h('main', [
      h('h1', 'A Vue application'),
      button(`Rendered ${count.value}`, () => { count.value += 1; }),
      button(isShown.value ? 'Take it away' : 'Bring it back', () => { isShown.value = !isShown.value; }),
      button('Log in instead', () => box.value.element.show({ initialScreen: 'login' })),
      person.value && h('p', { role: 'status' }, `Hello, ${person.value.email}`),
      isShown.value && h(LatchletBox, {
        ref: box,
        options: { ...options },
        onAuthenticated: ({ idTokenPayload }) => { person.value = idTokenPayload; },
      }, () => h('a', { href: '/hosted' }, 'Log in here')),
    ]);
  },
}).mount('#app');
