// The options of the class: those of the box, which `latchlet schema` writes,
// and the few that are the class's own.

import type { LatchletConfig } from '../config.js';

export type * from '../config.js';

/** Whom the class is for itself: the constructor's first two arguments. */
type Arguments = 'clientId' | 'domain';

/** What a `show()` may say. */
export interface ShowOptions extends Omit<LatchletConfig, Arguments | 'autoclose' | 'closable' | 'container'> {
  /** Closes a modal that is `closable` after a login. False by default. */
  autoclose?: boolean;
  /** Whether the modal has a button to close, Escape and the backdrop. True by default. */
  closable?: boolean;
}

/** The options of a box. */
export interface LatchletOptions extends ShowOptions {
  /** Where the box goes: an element, in a shadow root too, or its id. A modal without it. */
  container?: string | Element;
}
