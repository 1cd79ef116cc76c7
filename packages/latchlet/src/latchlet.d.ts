// What the Wasm module offers, as this package uses it. The module itself is
// built from Rust (src/embed.rs) and lies beside `lock.js`.

import type { Answered, AuthResult, Explanation, UserInfo } from './result.js';

/** A box in an element. */
export interface BoxHandle {
  /** Takes other options. What was typed stays, except secrets. */
  update(options: object): void;
  /** The element stands in another document or shadow root. */
  moved(): void;
  /** Takes the box out of the page and frees what it held. */
  unmount(): void;
  /** Lets go of what Wasm holds, sooner than the garbage collector would. */
  free(): void;
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

/** Starts the Wasm, once: what is given, or what it fetches itself. */
export default function init(from?: { module_or_path: WebAssembly.Module }): Promise<unknown>;

/**
 * Puts a box into an element, in place of what is in it. The page hears of it
 * there, or at another `target`; `isolates` has questions stand in a shadow root.
 */
export function mount(element: HTMLElement, options: object, target?: HTMLElement, isolates?: boolean): BoxHandle;
