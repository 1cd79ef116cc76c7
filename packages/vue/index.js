// `<LatchletBox>` for Vue: `<latchlet-box>`, with options by a property. Its events are
// emitted without their prefix: `@authenticated`, `@config-error`.

import 'latchlet/box';
import { defineComponent, h, ref, toRaw } from 'vue';

const EVENTS = [
  'authenticated', 'beforesubmit', 'config-error', 'error', 'fatal', 'federated', 'fielderror', 'profileanswered',
  'profileshown', 'profileskipped', 'profilesnoozed', 'screen', 'signup', 'submit',
];

export const LatchletBox = defineComponent({
  name: 'LatchletBox',
  props: {
    options: { type: Object, required: true },
    isolation: { type: String, default: undefined },
    theme: { type: String, default: undefined },
  },
  emits: EVENTS,
  setup(props, { emit, slots, expose }) {
    const element = ref(null);
    expose({ element });
    const listeners = Object.fromEntries(EVENTS.map((name) => [
      `on:latchlet:${name}`, (event) => emit(name, event.detail, event),
    ]));
    return () => h('latchlet-box', {
      ref: element,
      // A property: what is in a proxy is no plain object for the box.
      '.options': toRaw(props.options),
      '^isolation': props.isolation,
      '^theme': props.theme,
      ...listeners,
    }, slots.default?.());
  },
});
