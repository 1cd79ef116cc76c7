// Lock's events, with typed payloads.

import type { AuthResult, LatchletError, SignUpResult } from './result.js';

/** The screen that an event is about. */
export interface OfScreen {
  screen: string;
}

/** What somebody typed, by the name of the field; never a password or a code. */
export type Values = Record<string, string | number | boolean | string[]>;

export interface OfSubmit extends OfScreen {
  values: Values;
}

/** A submit that can still be stopped. */
export interface BeforeSubmit extends OfSubmit {
  preventDefault(): void;
}

export interface FederatedLogin {
  /** The name of the connection. */
  name: string;
  strategy: string;
  action: 'login' | 'signup';
}

/** A prompt: names and durations in milliseconds, and no value that was typed. */
interface OfPrompt {
  fields: string[];
  display: 'inline' | 'modal' | 'banner';
  /** Which login of the person this is. */
  login: number;
}

export interface ProfileShown extends OfPrompt {
  /** Why each of them is asked, in their order. */
  reasons: string[];
}

export interface ProfileSkipped extends OfPrompt {
  /** Questions that are not to be asked again. */
  declined: string[];
  duration: number;
}

export interface ProfileAnswered extends ProfileSkipped {
  /** Questions that were left open. */
  open: string[];
}

export interface ProfileSnoozed extends ProfileSkipped {
  /** For how long they are put off. */
  snooze: number;
}

export interface FieldError extends OfScreen {
  field: string;
  /** The rule that is broken, or `refused` by the server. */
  code: string;
}

/** Every event, with what its listeners are handed. */
export interface Events {
  show: [];
  hide: [];
  unrecoverable_error: [error: LatchletError];
  authenticated: [result: AuthResult];
  authorization_error: [error: LatchletError];
  hash_parsed: [parsed: AuthResult | LatchletError | null];
  'signin ready': [about: OfScreen];
  'signup ready': [about: OfScreen];
  'forgot_password ready': [about: OfScreen];
  'socialOrEmail ready': [about: OfScreen];
  'socialOrPhoneNumber ready': [about: OfScreen];
  'vcode ready': [about: OfScreen];
  'signin submit': [about: OfSubmit];
  'signup submit': [about: OfSubmit];
  'forgot_password submit': [about: OfSubmit];
  'socialOrEmail submit': [about: OfSubmit];
  'socialOrPhoneNumber submit': [about: OfSubmit];
  'vcode submit': [about: OfSubmit];
  'signup success': [result: SignUpResult];
  'signup error': [error: LatchletError];
  'forgot_password error': [error: LatchletError];
  'federated login': [about: FederatedLogin];
  beforesubmit: [about: BeforeSubmit];
  profileshown: [about: ProfileShown];
  profileanswered: [about: ProfileAnswered];
  profileskipped: [about: ProfileSkipped];
  profilesnoozed: [about: ProfileSnoozed];
  fielderror: [about: FieldError];
}

export type EventName = keyof Events;

type Listener<K extends EventName> = (...args: Events[K]) => void;

/** What Lock calls its screens in the names of events. */
const SCREENS = ['signin', 'signup', 'forgot_password', 'socialOrEmail', 'socialOrPhoneNumber', 'vcode'];

/** The box's own, which are told as they are. */
export const OWN = ['profileshown', 'profileanswered', 'profileskipped', 'profilesnoozed', 'fielderror'] as const;

const NAMES: readonly string[] = [
  ...OWN,
  'show', 'hide', 'unrecoverable_error', 'authenticated', 'authorization_error', 'hash_parsed',
  'signup success', 'signup error', 'forgot_password error', 'federated login', 'beforesubmit',
  ...SCREENS.flatMap((screen) => [`${screen} ready`, `${screen} submit`]),
  // Lock's, of requests that are not made here: a page may go on listening.
  'ssodata fetched', 'sso login',
];

/** Who listens to what. */
export class Listeners {
  #all: { name: string; listener: unknown; once: boolean }[] = [];

  add<K extends EventName>(name: K, listener: Listener<K>, once = false): void {
    if (!NAMES.includes(name)) {
      throw new TypeError(`Latchlet: there is no event “${name}”. Did you mean “${nearest(`${name}`)}”?`);
    }
    if (typeof listener !== 'function') {
      throw new TypeError(`Latchlet: the listener of “${name}” must be a function.`);
    }
    this.#all.push({ name, listener, once });
  }

  /** The latest that was added goes, as in Node. */
  remove(name: EventName, listener: unknown): void {
    const index = this.#all.findLastIndex((it) => it.name === name && it.listener === listener);
    if (index >= 0) this.#all.splice(index, 1);
  }

  /** All of one event, or all. */
  clear(name?: EventName): void {
    this.#all = name ? this.#all.filter((it) => it.name !== name) : [];
  }

  has(name: EventName): boolean {
    return this.#all.some((it) => it.name === name);
  }

  /** Tells everybody. One that throws keeps nobody else from hearing of it. */
  tell<K extends EventName>(name: K, ...args: Events[K]): void {
    for (const entry of this.#all.filter((it) => it.name === name)) {
      if (entry.once) this.#all = this.#all.filter((it) => it !== entry);
      try {
        (entry.listener as Listener<K>)(...args);
      } catch (error) {
        reportError(error);
      }
    }
  }
}

/** The name that has the most pairs of letters in common. */
function nearest(name: string): string {
  const pairs = (text: string) => [...text.toLowerCase()].map((letter, at, all) => letter + all[at + 1]);
  const wanted = pairs(name);
  const score = (other: string) => pairs(other).filter((pair) => wanted.includes(pair)).length / other.length;
  return NAMES.reduce((best, next) => (score(next) > score(best) ? next : best));
}
