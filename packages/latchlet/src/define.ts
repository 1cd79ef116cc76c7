// Importing this defines `<latchlet-box>`: once, however often it is imported.

import { LatchletBox } from './element.js';

export type * from './box-events.js';
export type * from './options.js';
export type * from './result.js';
export type { ColorScheme, Isolation } from './element.js';
export { LatchletBox };
export { LatchletError } from './result.js';
export { configure } from './widget.js';

declare global {
  interface HTMLElementTagNameMap {
    'latchlet-box': LatchletBox;
  }
}

const NAME = 'latchlet-box';
const known = globalThis.customElements?.get(NAME);
if (known && known !== LatchletBox) {
  console.warn(`Latchlet: another script has defined <${NAME}> already, and this one leaves it so.`);
} else if (!known) {
  globalThis.customElements?.define(NAME, LatchletBox);
}
