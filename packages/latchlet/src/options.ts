// The options: Lock's, and Latchlet's beside them. docs/EMBEDDING.md and
// docs/FIELDS.md say what each means, docs/LOCK-PARITY.md which of Lock's do
// nothing here.

/** A text, or one by language: `{ en: 'Company', de: 'Firma' }`. */
export type Words = string | Record<string, string>;

/** A Node-style callback. */
export type Callback<T> = (error: unknown, value?: T) => void;

/** What a function of the page answers, now, by a promise or by its callback. */
export type Loader<T> = (callback: Callback<T>) => Promise<T> | void;

export interface SelectOption {
  value: string;
  label: Words;
}

export type Validity = boolean | { valid: boolean; hint?: string };

/** A test of an answer; see docs/FIELDS.md, “Conditions”. */
export type Condition =
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }
  | (({ field: string } | { known: string }) & {
      equals?: unknown;
      in?: unknown[];
      exists?: boolean;
      contains?: unknown;
      lessThan?: unknown;
      atMost?: unknown;
      greaterThan?: unknown;
      atLeast?: unknown;
    });

export interface Rules {
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  oneOf?: string[];
  equals?: string;
  /** A number, or for a date `2026-01-31`, `today`, `today-18y`. */
  min?: number | string;
  max?: number | string;
  step?: number;
  minItems?: number;
  maxItems?: number;
}

export interface AdditionalSignUpField {
  name: string;
  type?:
    | 'text' | 'select' | 'checkbox' | 'hidden'
    | 'textarea' | 'email' | 'tel' | 'url' | 'number' | 'date' | 'password'
    | 'radio' | 'checkboxes' | 'multiselect' | 'combobox' | 'country' | 'consent';
  label?: Words;
  placeholder?: Words;
  ariaLabel?: Words;
  hint?: Words;
  purpose?: Words;
  icon?: string;
  autocomplete?: string;
  required?: boolean;
  rules?: Rules;
  messages?: Record<string, Words>;
  when?: Condition;
  prefill?: string | number | boolean | string[] | { url: string } | Loader<string>;
  options?: (string | SelectOption)[] | { url: string } | Loader<SelectOption[]>;
  validator?: (value: string, callback: Callback<Validity>) => Validity | Promise<Validity> | void;
  /** What a hidden field says. */
  value?: string | number | boolean | { url: string } | Loader<string>;
  /** Which text a consent is about. */
  version?: string;
  document?: string;
  storage?: 'user_metadata' | 'root' | 'none';
}

/** In the shape of Auth0's client settings. */
export interface Connection {
  name: string;
  /** `auth0` (a database) if there is none. */
  strategy?: string;
  display_name?: string;
  icon?: string;
  domain?: string;
  domain_aliases?: string[];
  passwordPolicy?: 'none' | 'low' | 'fair' | 'good' | 'excellent';
  password_complexity_options?: { min_length?: number };
  password_options?: object;
  requires_username?: boolean;
  showSignup?: boolean;
  showForgot?: boolean;
  validation?: { username?: { min?: number; max?: number } };
}

export type LayoutGroup = string | { heading?: Words; columns?: 1 | 2; fields: string[] };
export type LayoutStep = { step: Words; fields: LayoutGroup[] };

export type Hook = (values: Record<string, unknown> | null, callback: () => void) => Promise<void> | void;

export interface AuthButton {
  displayName: string;
  primaryColor?: string;
  foregroundColor?: string;
  icon?: string;
}

export interface AuthParams {
  scope?: string;
  audience?: string;
  state?: string;
  nonce?: string;
  [parameter: string]: string | undefined;
}

export interface AuthOptions {
  audience?: string;
  autoParseHash?: boolean;
  connectionScopes?: Record<string, string[]>;
  nonce?: string;
  params?: AuthParams;
  /** There is no popup mode. */
  redirect?: true;
  redirectUrl?: string;
  responseMode?: 'query' | 'fragment' | 'form_post';
  responseType?: 'code' | 'token' | 'id_token' | 'token id_token' | 'id_token token';
  sso?: boolean;
  state?: string;
}

export interface FlashMessage {
  type: 'error' | 'success' | 'info';
  text: string;
}

/** A dictionary of Lock: texts, some of them in groups. */
export interface LanguageDictionary {
  [key: string]: string | LanguageDictionary;
}

/** What changes between one `show()` and the next. */
export interface ShowOptions {
  allowedConnections?: string[];
  allowForgotPassword?: boolean;
  allowLogin?: boolean;
  allowSignUp?: boolean;
  additionalSignUpFields?: AdditionalSignUpField[];
  auth?: AuthOptions;
  autoclose?: boolean;
  autofocus?: boolean;
  closable?: boolean;
  connectionResolver?: (
    username: string,
    context: { connections: object[]; id: string },
    callback: (connection: { type: 'database'; name: string }) => void,
  ) => void;
  connections?: Connection[];
  defaultDatabaseConnection?: string;
  draft?: boolean;
  flashMessage?: FlashMessage;
  forgotPasswordLink?: string;
  hooks?: { loggingIn?: Hook; signingUp?: Hook };
  initialScreen?: 'login' | 'signUp' | 'forgotPassword' | 'passwordless';
  known?: Record<string, unknown>;
  language?: string;
  languageDictionary?: LanguageDictionary;
  layout?: (LayoutGroup | LayoutStep)[];
  loginAfterSignUp?: boolean;
  mustAcceptTerms?: boolean;
  passwordlessMethod?: 'code' | 'link';
  preferConnectionDisplayName?: boolean;
  prefill?: { email?: string; username?: string; phoneNumber?: string };
  rememberLastLogin?: boolean;
  showTerms?: boolean;
  signUpFieldsStrictValidation?: boolean;
  signUpHideUsernameField?: boolean;
  signUpLink?: string;
  theme?: {
    authButtons?: Record<string, AuthButton>;
    hideMainScreenTitle?: boolean;
    labeledSubmitButton?: boolean;
    logo?: string;
    primaryColor?: string;
  };
  usernameStyle?: 'username' | 'email';
  version?: string;

  /** Lock’s switches for what is always on here. */
  allowAutocomplete?: boolean;
  allowPasswordAutocomplete?: boolean;
  allowShowPassword?: boolean;
}

/** The options of a box. */
export interface LatchletOptions extends ShowOptions {
  /** Where the box goes: an element, in a shadow root too, or its id. */
  container?: string | Element;

  /** Lock’s options that do nothing here. */
  assetsUrl?: string;
  avatar?: object | null;
  clientBaseUrl?: string;
  configurationBaseUrl?: string;
  defaultADUsernameFromEmailPrefix?: boolean;
  defaultEnterpriseConnection?: string;
  defaultLocation?: string;
  disableWarnings?: boolean;
  emailFirst?: boolean;
  forceAutoHeight?: boolean;
  hashCleanup?: boolean;
  languageBaseUrl?: string;
  leeway?: number;
  legacySameSiteCookie?: boolean;
  mobile?: boolean;
  overrides?: object;
  plugins?: object[];
  popupOptions?: object;
  scrollGlobalMessagesIntoView?: boolean;
  socialButtonStyle?: 'big' | 'small';
  useCustomPasswordlessConnection?: boolean;
}
