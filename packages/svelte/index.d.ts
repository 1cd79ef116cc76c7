import type { Component, Snippet } from 'svelte';
import type { BoxEvents, ColorScheme, Isolation, LatchletBox as Element, LatchletConfig } from 'latchlet/box';

/** `latchlet:config-error` is heard by `onconfigerror`. */
type Plain<Name extends string> = Name extends `${infer Head}-${infer Tail}` ? `${Head}${Tail}` : Name;
type Listener<Event> = Event extends `latchlet:${infer Name}` ? `on${Plain<Name>}` : never;

type Listeners = {
  [K in keyof BoxEvents as Listener<K>]?: (detail: BoxEvents[K]['detail'], event: BoxEvents[K]) => void;
};

export interface LatchletBoxProps extends Listeners {
  /** Everything about the box. Functions in it are the same only if they are one: make them once. */
  options: LatchletConfig;
  isolation?: Isolation;
  theme?: ColorScheme;
  class?: string;
  id?: string;
  /** The element, with its methods: `bind:element`. */
  element?: Element;
  /** Shown until the box is there, and where it cannot be. */
  children?: Snippet;
}

export declare const LatchletBox: Component<LatchletBoxProps, Record<string, never>, 'element'>;
