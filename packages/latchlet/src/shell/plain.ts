// A sketch of a config that is plain: in English, with the default sentences,
// and with nothing that only core can tell. `latchlet compile` is for the others.

import { isPlain } from '../merge.js';
import type { Sketch, SketchField, SketchWords } from './sketch.js';

type Plain = Record<string, unknown>;

/** What makes a config another one, by what it is said of. */
const BEYOND = {
  box: [
    'allowedConnections', 'defaultDatabaseConnection', 'flashMessage', 'languageDictionary', 'layout', 'mustAcceptTerms',
    'passwordlessMethod', 'signUpHideUsernameField', 'usernameStyle',
  ],
  connection: ['passwordPolicy', 'password_options', 'strategy'],
  field: ['when'],
};
/** Kinds that are answered by being left alone. */
const OPEN = /^(check|cons)/;

const WORDS: SketchWords = {
  optional: '(optional)',
  show: 'Show',
  showPassword: 'Show password',
  chooseOne: 'Choose one',
  loading: 'Loading the options…',
  noMatch: 'No option matches',
  notMet: 'not met yet',
  policy: 'Your password needs',
  read: 'Read it',
  newTab: '(opens in a new tab)',
};

/** `autocomplete` by the name of a field: names, and after them their token. */
const TOKENS = 'name full_name=name given_name first_name=given-name family_name last_name=family-name nickname=nickname company '
  + 'organization=organization job_title title=organization-title phone phone_number=tel country=country postal_code zip=postal-code '
  + 'city=address-level2 street address=street-address birthday birthdate date_of_birth=bday language=language website=url ';

class NotPlain extends Error {}

export function plain(options: object): Sketch | undefined {
  try {
    return sketch(options as Plain);
  } catch (thrown) {
    if (thrown instanceof NotPlain) return undefined;
    throw thrown;
  }
}

function sketch(options: Plain): Sketch {
  without(options, BEYOND.box);
  const { allowLogin = true, allowSignUp = true, allowForgotPassword = true, language = 'en', mode = 'login' } = options;
  const { connections, forgotPasswordLink, signUpLink } = options;
  const [connection = {}, more] = list(connections);
  need(!more && language === 'en' && mode === 'login');
  without(connection, BEYOND.connection);
  const { logo } = part(options['theme']);
  const { email = '', username = '' } = part(options['prefill']);
  const hasName = connection['requires_username'];
  const start = options['initialScreen'] ?? (allowLogin ? 'login' : 'signUp');
  const built = (name: string, kind: string, label: string, autocomplete: string, value?: unknown) => (
    { name, kind, label, autocomplete, value, required: true } as SketchField
  );
  const form = (title: string, submit: string, endpoint: string, fields: SketchField[], ways: Sketch['ways']) => (
    { language: 'en', words: WORDS, logo, title, submit, endpoint, steps: [{ groups: [{ fields }] }], ways } as Sketch
  );
  if (start === 'signUp' && allowSignUp && !signUpLink) {
    const { min_length: min = 15 } = part(connection['password_complexity_options']);
    const policy: [string, boolean] = [min === 1 ? 'at least one character' : `at least ${min} characters`, false];
    return form('Create your account', 'Sign up', '/dbconnections/signup', [
      built('email', 'email', 'Email address', hasName ? 'email' : 'username', email),
      ...(hasName ? [built('username', 'username', 'Username', 'username', username)] : []),
      { ...built('password', 'newPassword', 'Password', 'new-password'), policy: [policy] },
      ...list(options['additionalSignUpFields']).filter(({ type }) => type !== 'hidden').map(field),
    ], allowLogin ? [{ question: 'Already have an account?', action: 'Log in' }] : []);
  }
  need(start === 'login' && allowLogin);
  return form('Welcome back', 'Log in', '/co/authenticate', [
    hasName
      ? built('username', 'either', 'Email address or username', 'username', email)
      : built('username', 'email', 'Email address', 'username', email),
    built('password', 'currentPassword', 'Password', 'current-password'),
  ], [
    ...(allowForgotPassword && connection['showForgot'] !== false ? [{ action: 'Forgot your password?', link: forgotPasswordLink }] : []),
    ...(allowSignUp && connection['showSignup'] !== false ? [{ question: 'New here?', action: 'Sign up', link: signUpLink }] : []),
  ] as Sketch['ways']);
}

function field(it: Plain): SketchField {
  without(it, BEYOND.field);
  const { name, type = 'text', options, prefill, hint, purpose, validator } = it;
  const kind = type === 'multiselect' ? 'checkboxes' : type as string;
  const loads = typeof options === 'function' || isPlain(options);
  // What a number or a country looks like, core and the Wasm alone know.
  need(kind !== 'country' && (kind !== 'number' || prefill === undefined));
  // In one language, the words are texts.
  const words = ['label', 'placeholder', 'ariaLabel', 'hint', 'purpose'];
  need(words.every((word) => it[word] === undefined || typeof it[word] === 'string'));
  const { label = it['placeholder'], required = !validator && !OPEN.test(kind) } = it;
  need(label);
  const given = kind === 'checkbox' ? prefill === true || prefill === 'true' : prefill;
  return {
    ...it,
    kind,
    label,
    required,
    loads,
    autocomplete: it['autocomplete'] ?? token(kind, name as string),
    placeholder: it['label'] ? it['placeholder'] : undefined,
    help: [hint, purpose].filter(Boolean),
    checked: validator,
    value: typeof given === 'function' || isPlain(given) ? undefined : given,
    options: loads ? [] : list(options).map(option),
  } as unknown as SketchField;
}

function option(it: unknown): [string, string] {
  if (typeof it === 'string') return [it, it];
  const { value, label } = it as Plain;
  need(typeof label === 'string');
  return [value as string, label as string];
}

function token(kind: string, name: string): string {
  if (kind === 'email' || kind === 'tel') return kind;
  if (kind === 'password' || kind === 'radio' || OPEN.test(kind)) return 'off';
  const [, found] = new RegExp(`(?:^| )${name}(?: [^=]+)?=(\\S+)`).exec(TOKENS) ?? [];
  return found ?? (kind === 'url' ? kind : 'on');
}

const list = (value: unknown): Plain[] => (Array.isArray(value) ? value : []);
const part = (value: unknown): Plain => (isPlain(value) ? value : {});

function without(object: Plain, names: string[]): void {
  need(names.every((name) => object[name] === undefined));
}

function need(holds: unknown): void {
  if (!holds) throw new NotPlain();
}
