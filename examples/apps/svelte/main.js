// A Svelte application with the box.

import { mount } from 'svelte';
import App from './App.svelte';

const options = await fetch('/options.json').then((reply) => reply.json());
mount(App, { target: document.querySelector('#app'), props: { options } });
