import type { DefineComponent, Ref } from 'vue';
import type { BoxEvents, ColorScheme, Isolation, LatchletBox as Element, LatchletConfig } from 'latchlet/box';

/** `@config-error` in a template is `onConfigError` elsewhere. */
type Camel<Name extends string> = Name extends `${infer Head}-${infer Tail}` ? `${Head}${Capitalize<Tail>}` : Name;
type Listener<Event> = Event extends `latchlet:${infer Name}` ? `on${Capitalize<Camel<Name>>}` : never;

type Listeners = {
  [K in keyof BoxEvents as Listener<K>]?: (detail: BoxEvents[K]['detail'], event: BoxEvents[K]) => void;
};

export interface LatchletBoxProps extends Listeners {
  /** Everything about the box. Functions in it are the same only if they are one: make them once. */
  options: LatchletConfig;
  isolation?: Isolation;
  theme?: ColorScheme;
}

/** What a template ref gives. */
export interface LatchletBoxExposed {
  element: Ref<Element | null>;
}

export declare const LatchletBox: DefineComponent<LatchletBoxProps, LatchletBoxExposed>;
