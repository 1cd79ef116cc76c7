// What the first form of a box is painted from, before the Wasm is there.
// `latchlet compile` makes one of a config; of a plain one, ./plain.ts does.

export interface Sketch {
  language: string;
  logo?: string;
  title: string;
  intro?: string;
  /** Where the form would go, below the origin of the auth server. */
  endpoint: string;
  steps: SketchStep[];
  submit: string;
  /** What leads back a step. */
  back?: string;
  /** The ways to other screens: a question, what answers it, and where a link of the page's own leads. */
  ways: { question?: string; action: string; link?: string }[];
  words: SketchWords;
}

export interface SketchStep {
  /** Of a form of one step: nothing. */
  title?: string;
  count?: string;
  groups: { heading?: string; columns?: boolean; fields: SketchField[] }[];
}

/** What stands at fields of a kind, whatever they ask. */
export interface SketchWords {
  optional: string;
  show: string;
  showPassword: string;
  chooseOne: string;
  loading: string;
  noMatch: string;
  notMet: string;
  policy: string;
  read: string;
  newTab: string;
}

export interface SketchField {
  name: string;
  /** The `type` of the config, or `either` (an e-mail address or a user name), `username`, `newPassword`, `currentPassword`. */
  kind: string;
  label: string;
  autocomplete: string;
  ariaLabel?: string | undefined;
  placeholder?: string | undefined;
  help?: string[] | undefined;
  icon?: string | undefined;
  required?: boolean | undefined;
  /** Whether the page has a check of its own. */
  checked?: boolean | undefined;
  /** Whether a condition has it not asked at first. */
  hidden?: boolean | undefined;
  value?: string | boolean | string[] | undefined;
  /** Values with their labels; of a country, codes. What is loaded has none. */
  options?: [string, string][] | undefined;
  loads?: boolean | undefined;
  /** What a new password needs, and whether it is an item of the line above. */
  policy?: [string, boolean][] | undefined;
  document?: string | undefined;
}
