// The class of `<latchlet-box>`: the box as an element of any page.

import type { LatchletConfig } from '../config.js';
import { ATTRIBUTES, MIRRORED, RICH, setAttribute, upgrade } from './attributes.js';
import type { BoxEvents } from './box-events.js';
import { Box } from './box.js';
import type { LogoutQuery, Options } from './box.js';
import { read } from './config.js';
import { isPlain, merge } from './merge.js';
import type { ShowOptions } from './options.js';
import { Place, adopt } from './place.js';
import { pledge } from './pledge.js';
import { LatchletError } from './result.js';
import type { Answered, AuthResult, Explanation, UserInfo } from './result.js';
import { same } from './same.js';
import { shell } from './shell/choose.js';
import type { Sketch } from './shell/sketch.js';
import { load } from './widget.js';

/** Credentials in the page and questions in a shadow root, or all of it in one or the other. */
export type Isolation = 'auto' | 'light' | 'shadow';
/** Light or dark, whatever the page is. */
export type ColorScheme = 'auto' | 'dark' | 'light';

// A server has no elements; there, the class is only a name.
const Base = (globalThis.HTMLElement ?? class {}) as typeof HTMLElement;

export interface LatchletBox extends Pick<LatchletConfig, (typeof RICH)[number]> {
  clientId: string | null;
  domain: string | null;
  initialScreen: LatchletConfig['initialScreen'] | null;
  isolation: Isolation | null;
  locale: string | null;
  mode: LatchletConfig['mode'] | null;
  addEventListener<K extends keyof BoxEvents>(
    type: K, listener: (this: LatchletBox, event: BoxEvents[K]) => unknown, options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener<K extends keyof HTMLElementEventMap>(
    type: K, listener: (this: LatchletBox, event: HTMLElementEventMap[K]) => unknown, options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions,
  ): void;
}

export class LatchletBox extends Base {
  static readonly observedAttributes: readonly string[] = [...Object.keys(ATTRIBUTES), 'config', 'isolation', 'theme'];

  /** What attributes and properties have said. */
  #said: Record<string, unknown> = {};
  /** What `config` said, once it is read. */
  #config: Promise<Record<string, unknown> | undefined> | undefined;
  #base: Record<string, unknown> = {};
  /** What `latchlet compile` made of it. */
  #sketch: Sketch | undefined;
  /** What the last `show()` said. */
  #over: ShowOptions = {};
  #place: Place | undefined;
  #box: Box | undefined;
  #isDue = false;
  #ready = pledge<this>();

  /** All that is said, by whatever way. Setting it says all of it anew; attributes hold where it is silent. */
  get options(): Partial<LatchletConfig> {
    return merge(merge(this.#base, this.#said), this.#over);
  }

  set options(options: Partial<LatchletConfig> | null | undefined) {
    const said = Object.entries(ATTRIBUTES).map(([name, option]) => [option, this.getAttribute(name)] as const);
    this.#say({ ...Object.fromEntries(said.filter(([, value]) => value !== null)), ...options });
  }

  /** The address of a config, or a config. */
  get config(): string | object | null {
    return this.getAttribute('config') ?? (this.#config ? this.#base : null);
  }

  set config(config: string | object | null) {
    setAttribute(this, 'config', typeof config === 'string' ? config : null);
    if (isPlain(config)) this.#config = Promise.resolve(config);
    this.#change();
  }

  /** Lock's looks, or the colour scheme that the attribute says. */
  get theme(): LatchletConfig['theme'] | ColorScheme | null {
    return (this.#said['theme'] as LatchletConfig['theme']) ?? (this.getAttribute('theme') as ColorScheme | null);
  }

  set theme(theme: LatchletConfig['theme'] | ColorScheme | null) {
    if (isPlain(theme)) this.#say({ ...this.#said, theme });
    else setAttribute(this, 'theme', theme);
  }

  /** This element, once its box is drawn. */
  get ready(): Promise<this> {
    return this.#ready.promise;
  }

  connectedCallback(): void {
    upgrade(this, ['options', 'config', 'theme', ...Object.keys(MIRRORED), ...RICH]);
    adopt(this);
    this.#box?.moved();
    if (this.hasAttribute('data-drawn')) return;
    // The module and the config come side by side.
    load().catch(() => undefined);
    this.#change();
  }

  disconnectedCallback(): void {
    // Who moves an element takes it out first.
    setTimeout(() => {
      if (!this.isConnected) this.#end();
    });
  }

  attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    if (old === value) return;
    if (name === 'config') this.#config = undefined;
    if (name === 'isolation') this.#end();
    const option = (ATTRIBUTES as Record<string, string>)[name];
    if (!option) return this.#change();
    const { [option]: _, ...rest } = this.#said;
    this.#say(value === null ? rest : { ...rest, [option]: value });
  }

  /** Shows the box. What is given here holds until the next `show()`. */
  show(options: ShowOptions = {}): void {
    this.hidden = false;
    this.#over = options;
    this.#change();
  }

  /** Hides it. What was typed stays, except secrets. */
  hide(): void {
    this.hidden = true;
    this.#over = {};
    // Questions that somebody closes are skipped.
    this.#box?.dismiss();
    this.#change();
  }

  /** The first control has the focus of the element. */
  override focus(options?: FocusOptions): void {
    this.#place?.first()?.focus(options);
  }

  /** Asks, without a screen, whether the person has a session. */
  checkSession(params?: Record<string, unknown>): Promise<AuthResult> {
    return this.#asked().checkSession(params);
  }

  /** The profile that an access token opens. */
  getUserInfo(accessToken: string): Promise<UserInfo> {
    return this.#asked().getUserInfo(accessToken);
  }

  /** Finishes a login whose end came back in this address or fragment. */
  resumeAuth(hash: string): Promise<AuthResult> {
    return this.#asked().resumeAuth(hash);
  }

  /** Asks whoever is logged in for some answers, if they are not known. */
  ask(names: string[]): Promise<Answered> {
    return this.#asked().ask(names);
  }

  /** Shows all consents, to be looked at, given and withdrawn. */
  consents(): Promise<Answered> {
    return this.#asked().consents();
  }

  /** Reports something that questions may wait for. */
  report(event: string): Promise<void> {
    return this.#asked().report(event);
  }

  /** Why each question is asked of whoever is logged in, or is not. */
  explain(): Promise<Explanation> {
    return this.#asked().explain();
  }

  /** Leaves the page to end the session. */
  logout(query?: LogoutQuery): Promise<void> {
    return this.#asked().logout(query);
  }

  static {
    for (const [name, attribute] of Object.entries(MIRRORED)) {
      define(this.prototype, name, {
        get() {
          const option = (ATTRIBUTES as Record<string, keyof LatchletConfig>)[attribute];
          return option ? this.options[option] ?? null : this.getAttribute(attribute);
        },
        set(value) { setAttribute(this, attribute, value); },
      });
    }
    for (const name of RICH) {
      define(this.prototype, name, {
        get() { return this.options[name]; },
        set(value) {
          const { [name]: _, ...rest } = this.#said;
          this.#say(value === undefined || value === null ? rest : { ...rest, [name]: value });
        },
      });
    }
  }

  #say(said: Record<string, unknown>): void {
    const isNew = !same(said, this.#said);
    this.#said = said;
    if (isNew) this.#change();
  }

  /** Draws it again, once for whatever is changed at a time. */
  #change(): void {
    if (this.#isDue || !this.isConnected) return;
    this.#isDue = true;
    queueMicrotask(() => {
      this.#isDue = false;
      void this.#draw();
    });
  }

  async #draw(): Promise<void> {
    const config = (this.#config ??= read(this, this.getAttribute('config')));
    try {
      const said = (await config) ?? {};
      const isCompiled = isPlain(said['config']) && isPlain(said['sketch']);
      this.#base = (isCompiled ? said['config'] : said) as Record<string, unknown>;
      this.#sketch = isCompiled ? (said['sketch'] as unknown as Sketch) : undefined;
    } catch (thrown) {
      if (config !== this.#config) return;
      this.#config = undefined;
      return this.#asked().fail(LatchletError.from(thrown));
    }
    if (config !== this.#config || !this.isConnected) return;
    // A script of the page may still have all to say.
    if (Object.keys(this.options).length === 0) return;
    const box = this.#asked();
    const drawn = box.draw();
    this.toggleAttribute('data-painted', box.isPainted);
    if (!(await drawn) || box !== this.#box) return;
    this.toggleAttribute('data-painted', false);
    this.toggleAttribute('data-drawn', true);
    this.#ready.keep(this);
  }

  /** The box, which may still have to come. */
  #asked(): Box {
    this.#place ??= new Place(this.isolation === 'shadow');
    const { outer, inner } = this.#place;
    if (outer.parentNode !== this) this.append(outer);
    const scheme = this.getAttribute('theme');
    outer.style.colorScheme = scheme === 'light' || scheme === 'dark' ? scheme : '';
    return (this.#box ??= new Box(inner, () => this.options as Options, {
      target: this,
      isolates: (this.isolation ?? 'auto') === 'auto',
      failed: (error) => this.#failed(error),
      shell: (options) => shell(options, this.#sketch, { ...this.#said, ...this.#over }),
      again: () => {
        this.#ready = pledge<this>();
        this.#change();
      },
    }));
  }

  #failed(error: LatchletError): void {
    console.error(error.message);
    // What the page says for browsers without a box stands beside the message.
    this.removeAttribute('data-drawn');
    this.removeAttribute('data-painted');
    this.#ready.breakWith(error);
    this.dispatchEvent(new CustomEvent('latchlet:fatal', { bubbles: true, composed: true, detail: error }));
  }

  /** Frees all that the box held. */
  #end(): void {
    this.#box?.end();
    this.#place?.outer.remove();
    if (this.hasAttribute('data-drawn')) this.#ready = pledge<this>();
    this.removeAttribute('data-drawn');
    this.removeAttribute('data-painted');
    this.#box = this.#place = undefined;
  }
}

interface Accessors {
  get: (this: LatchletBox) => unknown;
  set: (this: LatchletBox, value: unknown) => void;
}

function define(prototype: LatchletBox, name: string, accessors: Accessors): void {
  // Without a prototype, which the page may have put things into.
  const descriptor = Object.assign(Object.create(null), accessors, { configurable: true, enumerable: true });
  Object.defineProperty(prototype, name, descriptor as PropertyDescriptor);
}
