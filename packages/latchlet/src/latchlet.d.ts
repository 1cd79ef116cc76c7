// What the Wasm module offers, as this package uses it. The module itself is
// built from Rust (src/embed.rs) and lies beside `lock.js`.

import type { Answered, AuthResult, Explanation, UserInfo } from './result.js';

/** A box in an element. */
export interface BoxHandle {
  /** Takes other options. What was typed stays, except secrets. */
  update(options: object): void;
  /** Takes the box out of the page and frees what it held. */
  unmount(): void;
  /** Asks in a hidden frame whether there is a session. */
  checkSession(params: object): Promise<AuthResult>;
  /** Finishes the login whose end is in an address or its fragment. */
  resume(address: string): Promise<AuthResult>;
  /** Where to go to end the session; nothing if the options are wrong. */
  logoutUrl(query: object): string | undefined;
  /** The profile that an access token opens. */
  userInfo(accessToken: string): Promise<UserInfo>;
  /** Asks for some answers that are not known. */
  ask(names: string[]): Promise<Answered>;
  /** Shows all consents, to be given and withdrawn. */
  consents(): Promise<Answered>;
  /** Reports something that questions may wait for. */
  report(event: string): Promise<void>;
  /** Skips the questions that are asked now, if they can be skipped. */
  dismiss(): void;
  /** Why each question is asked, or is not. */
  explain(): Promise<Explanation>;
}

/** Fetches the Wasm and starts it, once. */
export default function init(): Promise<unknown>;

/** Puts a box into an element, in place of what is in it. */
export function mount(element: HTMLElement, options: object): BoxHandle;
