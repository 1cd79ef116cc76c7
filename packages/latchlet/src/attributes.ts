// The attributes and properties of `<latchlet-box>`, by the options that they say.

/** Attributes, and the options that they are under another name. */
export const ATTRIBUTES = {
  'client-id': 'clientId',
  domain: 'domain',
  'initial-screen': 'initialScreen',
  locale: 'language',
  mode: 'mode',
} as const;

/** Properties that mirror an attribute. */
export const MIRRORED = {
  clientId: 'client-id',
  domain: 'domain',
  initialScreen: 'initial-screen',
  isolation: 'isolation',
  locale: 'locale',
  mode: 'mode',
} as const;

/** Options that no attribute can say, each a property. */
export const RICH = [
  'accessToken', 'additionalSignUpFields', 'auth', 'connectionResolver', 'connections', 'hooks', 'idTokenPayload',
  'known', 'languageDictionary', 'layout', 'prefill', 'progressiveProfile', 'user',
] as const;

/** Has an element say something by an attribute, or nothing. */
export function setAttribute(element: Element, name: string, value: unknown): void {
  if (value === null || value === undefined) element.removeAttribute(name);
  else element.setAttribute(name, String(value));
}

/**
 * What was set on an element before its class was known hides the accessors of
 * the class: it is set once more.
 */
export function upgrade(element: object, names: Iterable<string>): void {
  for (const name of names) {
    if (!Object.hasOwn(element, name)) continue;
    const value: unknown = Reflect.get(element, name);
    Reflect.deleteProperty(element, name);
    Reflect.set(element, name, value);
  }
}
