// A box in an element, for the class `Latchlet` and for `<latchlet-box>`: it comes
// when it is first asked for, takes other options, and answers by promises.

import { showFailure } from './failure.js';
import type { Words } from './failure.js';
import type { BoxHandle } from './latchlet.js';
import { LatchletError } from './result.js';
import type { Answered, AuthResult, Explanation, UserInfo } from './result.js';
import type { ShowOptions } from './options.js';
import type { Shell } from './shell/shell.js';
import { isTrap } from './trap.js';
import { still } from './still.js';
import { address, load, mourners } from './widget.js';

export type Options = ShowOptions & { clientId: string; domain: string };

/** Where the session ends, and what else is asked of the auth server. */
export interface LogoutQuery {
  returnTo?: string;
  federated?: boolean | '';
  [name: string]: unknown;
}

/** How a box stands in its page. */
export interface Standing {
  /** Where its events are told: the place itself, if nothing else is said. */
  target?: HTMLElement;
  /** Whether questions stand in a shadow root. */
  isolates?: boolean;
  /** Hears why it is not there. */
  failed: (error: LatchletError) => void;
  /** What can be shown of it before the Wasm is there, if anything can. */
  shell?: (options: Options) => Shell | undefined;
  /** Has it drawn once more, where somebody asks for that. */
  again: () => void;
}

export class Box {
  readonly #place: HTMLElement;
  readonly #options: () => Options;
  readonly #standing: Standing;
  #handle: BoxHandle | undefined;
  /** What stands there until the handle does. */
  #shell: Shell | undefined;
  #isGone = false;
  /** Whether the module has trapped under it. */
  #hasStopped = false;
  /** Counts what it is asked to show: late answers to older calls lapse. */
  #turn = 0;

  /** `options` are asked for whenever it is drawn. */
  constructor(place: HTMLElement, options: () => Options, standing: Standing) {
    this.#place = place;
    this.#options = options;
    this.#standing = standing;
    // A form must never be sent by the browser itself, whatever becomes of
    // the Wasm module.
    place.addEventListener('submit', (event) => event.preventDefault(), true);
  }

  /** Shows it with the options as they are. Whether nothing else came between. */
  async draw(): Promise<boolean> {
    if (this.#hasStopped) return false;
    const turn = (this.#turn += 1);
    try {
      this.#paint();
      const { mount } = await load();
      await this.#shell?.settle();
      if (turn !== this.#turn) return false;
      const options = this.#options();
      this.#tint(options.theme?.primaryColor ?? '');
      if (this.#handle) this.#handle.update(options);
      else this.#mount(mount, options);
      return true;
    } catch (thrown) {
      if (turn === this.#turn) this.#caught(thrown);
      return false;
    }
  }

  /** Whether a form stands there that waits for the Wasm. */
  get isPainted(): boolean {
    return this.#shell !== undefined;
  }

  /** What is being drawn is not wanted any more. */
  lapse(): void {
    this.#turn += 1;
  }

  /** Takes other options, if it is there: what was typed stays, except secrets. */
  update(options: Options): void {
    this.#handle?.update(options);
  }

  /** Skips the questions that are asked now, if they can be skipped. */
  dismiss(): void {
    this.#handle?.dismiss();
  }

  /** Its place stands in another document or shadow root. */
  moved(): void {
    this.#handle?.moved();
  }

  /** Says in its place why it is not there. */
  fail(error: LatchletError): void {
    if (!this.#handle) {
      const words: Words = this.#options().languageDictionary;
      const left = this.#shell?.left(error.code === 'load_failed') ?? [];
      showFailure(this.#place, error, words, this.#standing.again);
      this.#place.append(...left);
    }
    this.#standing.failed(error);
  }

  /** Ends it for good. */
  end(): void {
    this.#isGone = true;
    this.#turn += 1;
    mourners.delete(this.#stop);
    const handle = this.#handle;
    // Not from inside of a box that is just telling its page something.
    queueMicrotask(() => {
      if (this.#hasStopped) return;
      handle?.unmount();
      handle?.free();
    });
    // It holds the place, whose listeners hold this, where no garbage
    // collector looks.
    this.#handle = this.#shell = undefined;
  }

  checkSession(params: Record<string, unknown> = {}): Promise<AuthResult> {
    return this.#ask((box) => box.checkSession(params));
  }

  getUserInfo(accessToken: string): Promise<UserInfo> {
    return this.#ask((box) => box.userInfo(accessToken));
  }

  resumeAuth(hash: string): Promise<AuthResult> {
    return this.#ask((box) => box.resume(hash));
  }

  ask(names: string[]): Promise<Answered> {
    return this.#ask((box) => box.ask(names));
  }

  consents(): Promise<Answered> {
    return this.#ask((box) => box.consents());
  }

  report(event: string): Promise<void> {
    return this.#ask((box) => box.report(event));
  }

  explain(): Promise<Explanation> {
    return this.#ask((box) => box.explain());
  }

  logout(query: LogoutQuery = {}): Promise<void> {
    return this.#ask((box) => {
      const address = box.logoutUrl(query);
      if (!address) throw new LatchletError('invalid_config', 'The options have mistakes.');
      location.assign(address);
    });
  }

  /** Has it there, be it on the screen or not. */
  async come(): Promise<BoxHandle> {
    this.#check();
    const { mount } = await load();
    this.#check();
    return (this.#handle ??= this.#mount(mount, this.#options()));
  }

  #mount(mount: typeof import('./latchlet.js').mount, options: Options): BoxHandle {
    const { target, isolates } = this.#standing;
    mourners.add(this.#stop);
    const shell = this.#shell;
    this.#shell = undefined;
    this.#handle = mount(this.#place, options, target, isolates);
    shell?.handOver();
    return this.#handle;
  }

  #paint(): void {
    if (this.#handle) return;
    const options = this.#options();
    this.#tint(options.theme?.primaryColor ?? '');
    this.#shell ??= this.#standing.shell?.(options);
    this.#shell?.stand(this.#place);
  }

  #ask<T>(what: (box: BoxHandle) => T | Promise<T>): Promise<T> {
    return this.come().then(what).catch((thrown: unknown) => {
      if (isTrap(thrown, address().href)) reportError(thrown);
      throw LatchletError.from(thrown);
    });
  }

  /** A trap is told to the page, and so to the boxes of other scripts. */
  #caught(thrown: unknown): void {
    if (isTrap(thrown, address().href)) reportError(thrown);
    else this.fail(LatchletError.from(thrown));
  }

  /** All boxes go together: they were one module. What was typed stays in sight. */
  readonly #stop = (error: LatchletError): void => {
    if (this.#hasStopped) return;
    this.#hasStopped = true;
    this.#turn += 1;
    this.#handle = undefined;
    const left = [...this.#place.children].map(still);
    this.fail(error);
    this.#place.append(...left);
  };

  #check(): void {
    if (this.#isGone) throw new LatchletError('destroyed', 'This box was taken away: make a new one.');
  }

  /** Lock's one colour, as the custom properties that the box is drawn with. */
  #tint(color: string): void {
    const set = (name: string, value: string) => {
      this.#place.style.setProperty(`--latchlet-${name}`, CSS.supports('color', color) ? value : '');
    };
    set('accent', color);
    set('accent-strong', `color-mix(in oklab, ${color}, #000 20%)`);
    // White on what is dark, black on what is light.
    set('on-accent', `oklch(from ${color} round(1.1 - l) 0 0)`);
  }
}
