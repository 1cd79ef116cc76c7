// `Latchlet`: the box behind the methods and events of Lock, so that a page
// that has Lock changes one import.

import { Box } from './box.js';
import type { LogoutQuery, Options } from './box.js';
import { Dialog } from './dialog.js';
import { Listeners, OWN } from './events.js';
import type { BeforeSubmit, EventName, Events, FederatedLogin, OfScreen, OfSubmit } from './events.js';
import { word } from './failure.js';
import { isPlain, merge } from './merge.js';
import type { LatchletOptions, ShowOptions } from './options.js';
import { LatchletError } from './result.js';
import type { Answered, AuthResult, Explanation, Problem, SignUpResult, UserInfo } from './result.js';
import { configure, load } from './widget.js';

export type * from './events.js';
export type * from './options.js';
export type * from './result.js';

/** Node's way to say how something ended. */
export type Done<T> = (error: LatchletError | null, result?: T) => void;

/** The screens of the box, as Lock calls them in its events. */
const SCREENS: Record<string, string> = {
  signIn: 'signin',
  signUp: 'signup',
  forgotPassword: 'forgot_password',
  code: 'vcode',
};

export class Latchlet {
  readonly #base: Options;
  readonly #container: string | Element | undefined;
  /** What the box has now: the base, and what the last `show()` said. */
  #options: Options;
  /** Ours, and not the container: it may hold other things, or another box. */
  readonly #host = document.createElement('div');
  readonly #listeners = new Listeners();
  readonly #box: Box;
  #dialog: Dialog | undefined;
  #isOpen = false;
  #isGone = false;
  /** Whether it was opened for questions alone. */
  #isAsking = false;
  /** Whether somebody has logged in, and the modal may close. */
  #isDone = false;
  /** Whether the end of a login is in the address, and nobody took it yet. */
  #isReturning = false;

  /** Starts to load the box, for a page that will show it soon. */
  static async preload(): Promise<void> {
    await load();
  }

  constructor(clientId: string, domain: string, options: LatchletOptions = {}) {
    check('first', 'the client id, a string', typeof clientId === 'string', clientId);
    check('second', 'the domain, a string', typeof domain === 'string', domain);
    check('third', 'an object of options', isPlain(options), options);
    const { container, ...rest } = options;
    this.#container = container;
    const asks = rest.progressiveProfile;
    // The modal is a frame already.
    if (asks && !container) rest.progressiveProfile = { ...asks, display: 'inline' };
    this.#base = { ...rest, clientId, domain };
    this.#options = this.#base;
    this.#host.className = 'latchlet-host';
    this.#box = new Box(this.#host, () => this.#options, {
      failed: (error) => this.#fail(error),
      again: () => void this.#box.draw(),
    });
    this.#listen();
    if (options.auth?.autoParseHash !== false) this.#comeBack();
  }

  /** Shows the box. What is given here holds until the next `show()`. */
  show(overrides: ShowOptions = {}): void {
    this.#check();
    check('first', 'an object of options', isPlain(overrides), overrides);
    if ('container' in overrides) {
      console.warn('Latchlet: `container` is for the constructor alone.');
    }
    // On a small screen focus would open the keyboard over the form.
    const autofocus = !this.#container && !matchMedia('(max-width: 30rem)').matches;
    this.#options = merge({ autofocus, ...this.#base }, overrides);
    this.#reveal();
    void this.#box.draw();
  }

  /** Takes the box from the screen. What was typed stays, except secrets. */
  hide(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#isAsking = false;
    this.#box.lapse();
    // Questions that somebody closes are skipped.
    this.#box.dismiss();
    if (this.#dialog) this.#dialog.close();
    else this.#host.remove();
    this.#options = this.#base;
    // Not from inside of a box that is just telling its page something.
    queueMicrotask(() => {
      if (!this.#isOpen) this.#box.update(this.#base);
    });
    this.#listeners.tell('hide');
  }

  /** Ends the box for good, and leaves nothing of it on the page. */
  destroy(): void {
    if (this.#isGone) return;
    this.#isGone = true;
    this.#box.end();
    this.#dialog?.destroy();
    this.#host.remove();
    if (this.#isOpen) this.#listeners.tell('hide');
    this.#isOpen = false;
    this.#listeners.clear();
  }

  on<K extends EventName>(name: K, listener: (...args: Events[K]) => void): this {
    this.#listeners.add(name, listener);
    return this;
  }

  once<K extends EventName>(name: K, listener: (...args: Events[K]) => void): this {
    this.#listeners.add(name, listener, true);
    return this;
  }

  off<K extends EventName>(name: K, listener: (...args: Events[K]) => void): this {
    this.#listeners.remove(name, listener);
    return this;
  }

  removeListener<K extends EventName>(name: K, listener: (...args: Events[K]) => void): this {
    return this.off(name, listener);
  }

  removeAllListeners(name?: EventName): this {
    this.#listeners.clear(name);
    return this;
  }

  /** Asks, without a screen, whether the person has a session. */
  checkSession(params?: Record<string, unknown>, done?: Done<AuthResult>): Promise<AuthResult> {
    return tellBoth(this.#box.checkSession(params), done);
  }

  /** The profile that an access token opens. */
  getUserInfo(accessToken: string, done?: Done<UserInfo>): Promise<UserInfo> {
    return tellBoth(this.#box.getUserInfo(accessToken), done);
  }

  /** @deprecated Lock’s old name of `getUserInfo`. */
  getProfile(accessToken: string, done?: Done<UserInfo>): Promise<UserInfo> {
    return this.getUserInfo(accessToken, done);
  }

  /** Finishes a login whose end came back in this address or fragment. */
  resumeAuth(hash: string, done?: Done<AuthResult>): Promise<AuthResult> {
    return tellBoth(this.#box.resumeAuth(hash), done);
  }

  /** Asks whoever is logged in for some answers, if they are not known. */
  ask(names: string[]): Promise<Answered> {
    return this.#box.ask(names);
  }

  /** Shows all consents, to be looked at, given and withdrawn. */
  consents(): Promise<Answered> {
    return this.#box.consents();
  }

  /** Reports something that questions may wait for. */
  report(event: string): Promise<void> {
    return this.#box.report(event);
  }

  /** Why each question is asked of whoever is logged in, or is not. */
  explain(): Promise<Explanation> {
    return this.#box.explain();
  }

  /** Leaves the page to end the session. */
  logout(query?: LogoutQuery): Promise<void> {
    return this.#box.logout(query);
  }

  #check(): void {
    if (this.#isGone) {
      throw new LatchletError('destroyed', 'This Latchlet was destroyed: make a new one.');
    }
  }

  get #closable(): boolean {
    return !this.#container && this.#options.closable !== false;
  }

  #reveal(): void {
    this.#place();
    if (this.#isOpen) return;
    this.#isOpen = true;
    this.#listeners.tell('show');
  }

  #place(): void {
    if (this.#container) {
      find(this.#container).append(this.#host);
    } else {
      this.#dialog ??= new Dialog(this.#host, () => this.hide());
      const words = this.#options.languageDictionary;
      this.#dialog.open(this.#closable, word(words, 'close', 'Close'), word(words, 'title', 'Log in'));
    }
  }

  /** A page that a login came back to hears of it without `show()`. */
  #comeBack(): void {
    // Every `state` of the box's starts so.
    if (new URLSearchParams(location.search).get('state')?.startsWith('latchlet.')) {
      this.#isReturning = true;
      this.#box.come().catch((thrown: unknown) => {
        if (!this.#isGone) this.#fail(LatchletError.from(thrown));
      });
    } else {
      setTimeout(() => this.#listeners.tell('hash_parsed', null));
    }
  }

  #fail(error: LatchletError): void {
    if (this.#listeners.has('unrecoverable_error')) this.#listeners.tell('unrecoverable_error', error);
    else console.error(error);
  }

  /** The events of the box as Lock's. */
  #listen(): void {
    const host = this.#host;
    const tell = this.#listeners.tell.bind(this.#listeners) as (name: string, ...args: unknown[]) => void;
    const on = <T>(name: string, hear: (detail: T, event: Event) => void) => {
      host.addEventListener(`latchlet:${name}`, (event) => hear((event as CustomEvent<T>).detail, event));
    };
    on<OfScreen>('screen', (about) => {
      this.#dialog?.label();
      if (about.screen !== 'resuming') this.#returned(null);
      if (about.screen === 'signedIn') this.#finish();
      this.#showQuestions(about.screen === 'profile');
      if (this.#isOpen) tell(`${this.#called(about)} ready`, about);
    });
    on<OfSubmit>('beforesubmit', ({ screen, values }, event) => {
      const about: BeforeSubmit = { screen, values, preventDefault: () => event.preventDefault() };
      tell('beforesubmit', about);
    });
    on<OfSubmit>('submit', (about) => tell(`${this.#called(about)} submit`, about));
    on<SignUpResult>('signup', (result) => tell('signup success', result));
    on<FederatedLogin>('federated', (about) => tell('federated login', about));
    on<object & OfScreen>('error', (failure) => {
      const place = { signUp: 'signup error', forgotPassword: 'forgot_password error' }[failure.screen];
      const error = LatchletError.from(failure);
      this.#returned(error);
      tell(place ?? 'authorization_error', error);
    });
    for (const name of OWN) on<object>(name, (about) => tell(name, about));
    on<Problem[]>('config-error', (problems) => {
      const list = problems.map(({ path, message }) => `${path}: ${message}`).join('; ');
      tell('unrecoverable_error', new LatchletError('invalid_config', list, { problems }));
    });
    on<AuthResult>('authenticated', (result) => {
      this.#returned(result);
      tell('authenticated', result);
      // Questions may follow on the same box.
      this.#isDone = true;
      if (!this.#options.progressiveProfile) this.#finish();
    });
  }

  /** Whoever is logged in needs the modal no more. */
  #finish(): void {
    if (!this.#isDone) return;
    this.#isDone = false;
    if (this.#options.autoclose && this.#closable) this.hide();
  }

  /** Questions come without `show()`, and go when they are answered. */
  #showQuestions(asks: boolean): void {
    if (asks && !this.#isOpen) {
      this.#isAsking = true;
      this.#reveal();
    } else if (!asks && this.#isAsking) {
      this.hide();
    }
  }

  /** What became of the address that the page was opened with. */
  #returned(end: AuthResult | LatchletError | null): void {
    if (!this.#isReturning) return;
    this.#isReturning = false;
    this.#listeners.tell('hash_parsed', end);
  }

  /** Lock has two names for the screen that asks where to send a code. */
  #called({ screen }: OfScreen): string | undefined {
    if (screen !== 'passwordless') return SCREENS[screen];
    return this.#host.querySelector('[type="tel"]') ? 'socialOrPhoneNumber' : 'socialOrEmail';
  }
}

export { LatchletError, configure };
export default Latchlet;

function check(which: string, what: string, holds: boolean, given: unknown): void {
  if (!holds) {
    throw new Error(`Latchlet: the ${which} argument must be ${what}, not ${given === null ? given : typeof given}.`);
  }
}

/** An answer for those who wait for a promise, and for those who gave a callback. */
function tellBoth<T>(asked: Promise<T>, done?: Done<T>): Promise<T> {
  if (done) asked.then((result) => done(null, result), (error: LatchletError) => done(error));
  return asked;
}

function find(container: string | Element): Element {
  if (typeof container !== 'string') return container;
  const found = document.getElementById(container);
  if (found) return found;
  const hint = container.startsWith('#') ? ' Give the id without “#”.' : '';
  throw new Error(`Latchlet: the page has no element with the id “${container}” to put the box into.${hint}`);
}
