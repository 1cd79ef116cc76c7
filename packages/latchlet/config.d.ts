// The options of a box, written by `latchlet schema --format typescript` from what
// the box itself reads by. `null` is the same as nothing.

/** A text, or one for each language: `{ en: 'Company', 'pt-BR': 'Empresa' }`. */
export type Words = string | { [language: string]: string };

/** A Node-style callback. */
export type Callback<T> = (error: unknown, value?: T) => void;

/** Gives something now, by a promise or by its callback, within 6 seconds. */
export type Loader<T> = (callback: Callback<T>, signal: AbortSignal) => T | Promise<T> | void;

/** Whether an answer is accepted, and what is wrong with it. */
export type Validity = boolean | { valid: boolean; hint?: string };

/** Looks at one answer: `'true'` or `'false'` of a checkbox, a list of `checkboxes`. */
export type Validator = (
  value: string | string[],
  callback: Callback<Validity>,
  signal: AbortSignal,
) => Validity | Promise<Validity> | void;

/** A step before a request. It is handed the values, and refuses by throwing. */
export type Hook = (
  values: { [name: string]: unknown },
  callback: Callback<void>,
  signal: AbortSignal,
) => Promise<void> | void;

/** Gives an access token, now, by a promise or by its callback. */
export type AccessToken = (callback: Callback<string>, signal: AbortSignal) => string | Promise<string> | void;

/** Keeps the answers of a prompt, and says that it failed by throwing. */
export type SaveAnswers = (
  answers: { [name: string]: unknown },
  context: { [name: string]: unknown },
  callback: Callback<void>,
  signal: AbortSignal,
) => Promise<void> | void;

/** The database connection of a person. */
export interface ResolvedConnection {
  type: 'database';
  name: string;
}

/** Chooses the database connection of a person, now, by a promise or by its callback. */
export type ConnectionResolver = (
  username: string,
  context: { id: string; connections: ResolvedConnection[] },
  callback: (connection: ResolvedConnection) => void,
) => ResolvedConnection | Promise<ResolvedConnection> | void;

/** Options of Lock that do nothing here; docs/LOCK-PARITY.md says why. */
export interface LockOptionsWithoutEffect {
  _enableIdPInitiatedLogin?: unknown; _enableImpersonation?: unknown; _sendTelemetry?: unknown;
  _telemetryInfo?: unknown; __useTenantInfo?: unknown; allowAutocomplete?: unknown;
  allowPasswordAutocomplete?: unknown; allowShowPassword?: unknown; assetsUrl?: unknown; autoclose?: unknown;
  avatar?: unknown; clientBaseUrl?: unknown; closable?: unknown; configurationBaseUrl?: unknown;
  container?: unknown; defaultADUsernameFromEmailPrefix?: unknown; defaultEnterpriseConnection?: unknown;
  defaultLocation?: unknown; disableWarnings?: unknown; emailFirst?: unknown; forceAutoHeight?: unknown;
  hashCleanup?: unknown; languageBaseUrl?: unknown; leeway?: unknown; legacySameSiteCookie?: unknown;
  mobile?: unknown; overrides?: unknown; plugins?: unknown; popupOptions?: unknown;
  scrollGlobalMessagesIntoView?: unknown; socialButtonStyle?: unknown;
  useCustomPasswordlessConnection?: unknown;
}

/** What an answer must be. */
export interface Rules {
  /** The fewest characters (Unicode code points). */ minLength?: number | null;
  /** The most characters. With more than 500 the answer is sent after the sign-up. */
  maxLength?: number | null;
  /** What the whole text must match: a regular expression of at most 500 characters, without flags, look-around and back-references. */
  pattern?: string | null;
  /** The only answers that are accepted: texts, for `number` numbers. */ oneOf?: (string | number)[] | null;
  /** The name of the field whose answer must be the same. */ equals?: string | null;
  /** The smallest number; for `date` the first day: `2026-01-31`, `today`, `today-18y`, `today+6m`, `today-30d`. */
  min?: number | string | null;
  /** The largest number, or the last day. */ max?: number | string | null;
  /** The distance of numbers from each other, from `min` or 0 on. */ step?: number | null;
  /** The fewest options that must be chosen. */ minItems?: number | null;
  /** The most options that can be chosen. */ maxItems?: number | null;
}

/** Your own words for what is wrong, by the name of the rule. */
export interface Messages {
  /** It is not the same as the other field. */ equals?: Words | null;
  /** It is too large, or too late. */ max?: Words | null;
  /** Too many options are chosen. */ maxItems?: Words | null;
  /** It is too long. */ maxLength?: Words | null;
  /** It is too small, or too early. */ min?: Words | null;
  /** Too few options are chosen. */ minItems?: Words | null;
  /** It is too short. */ minLength?: Words | null;
  /** It is none of the accepted answers. */ oneOf?: Words | null;
  /** It is none of the options. */ options?: Words | null;
  /** It does not match. */ pattern?: Words | null;
  /** It is not answered, or not ticked. */ required?: Words | null;
  /** It lies between the steps. */ step?: Words | null;
  /** It is no such thing: no number, no address. */ type?: Words | null;
  /** The validator says no. */ validator?: Words | null;
}

/** Every one is true. */
export interface ConditionAll {
  /** The conditions. */ all: Condition[];
}

/** At least one is true. */
export interface ConditionAny {
  /** The conditions. */ any: Condition[];
}

/** It is not true. */
export interface ConditionNot {
  /** The condition. */ not: Condition;
}

/** What an answer, or something known, is: one of `field` and `known`, and one operator. */
export interface ConditionTest {
  /** The name of the field whose answer is looked at. */ field?: string | null;
  /** The name of what is looked at in `known`. */ known?: string | null;
  /** A number or a day that is not less. */ atLeast?: number | string | null;
  /** A number or a day that is not more. */ atMost?: number | string | null;
  /** A list that has this, or a text that has this in it. */ contains?: unknown;
  /** Equal to this text, number or truth value. */ equals?: unknown;
  /** Whether there is an answer at all. */ exists?: boolean | null;
  /** A number or a day that is more. */ greaterThan?: number | string | null;
  /** Equal to one of these. */ in?: unknown[] | null;
  /** A number or a day that is less. */ lessThan?: number | string | null;
}

/** When a field is asked. What is absent passes no test but `exists: false`. */
export type Condition = ConditionAll | ConditionAny | ConditionNot | ConditionTest;

/** One option to choose. */
export interface SelectOption {
  /** What is shown. */ label: Words;
  /** What is stored, at most 500 characters. */ value: string;
}

/** Where something is loaded from, when the form is shown. */
export interface Source {
  /** An address that gives JSON, to this page too (CORS). */ url: string;
}

/** A question of the sign-up. */
export interface AdditionalSignUpField {
  /** Under which name the answer is stored: letters a to z, digits and `_`, at most 100. */ name: string;
  /** What kind of question it is; `text` if there is none. */
  type?: 'text' | 'select' | 'checkbox' | 'hidden' | 'textarea' | 'email' | 'tel' | 'url' | 'number' | 'date' | 'password' | 'radio' | 'checkboxes' | 'combobox' | 'country' | 'consent' | 'multiselect' | null;
  /** The visible label. Required, unless there is a `placeholder` to show as one. */ label?: Words | null;
  /** An example inside the empty control; without a `label`, the label. */ placeholder?: Words | null;
  /** An accessible name, where the label does not say enough. */ ariaLabel?: Words | null;
  /** A sentence of help that is always there. */ hint?: Words | null;
  /** Why it is asked. */ purpose?: Words | null;
  /** The address of an image in the control: `https://…` or `/…`. */ icon?: string | null;
  /** The HTML `autocomplete` token, where type and name do not tell it. */ autocomplete?: string | null;
  /** Whether it must be answered. Yes if nothing is said, but for `checkbox`, `checkboxes`, `consent`, `hidden`, and fields with a `validator`. */
  required?: boolean | null;
  /** What an answer must be. Which rules there are depends on the type. */ rules?: Rules | null;
  /** Your own words for what is wrong. */ messages?: Messages | null;
  /** When it is asked; always, if nothing is said. */ when?: Condition | null;
  /** The options of `select`, `radio`, `combobox` and `checkboxes`; the codes of the only countries of `country`. */
  options?: (string | SelectOption)[] | Source | Loader<(string | SelectOption)[]> | null;
  /** What to start with. */
  prefill?: string | number | boolean | string[] | Source | Loader<string | number | boolean | string[]> | null;
  /** What a `hidden` field says. */ value?: string | number | boolean | Source | Loader<string> | null;
  /** Your own check, in the browser alone. */ validator?: Validator | null;
  /** Which version of a document a `consent` is about; what is stored. At most 500 characters. */
  version?: string | null;
  /** The address of the document of a `consent`. */ document?: string | null;
  /** `user_metadata` (default); `root` for `given_name`, `family_name`, `name`, `nickname` and `picture`; `none`: asked and not stored. */
  storage?: 'user_metadata' | 'root' | 'none' | null;
}

/** How a login is asked for, and where it ends. */
export interface AuthOptions {
  /** The identifier of the API that the access token is for. */ audience?: string | null;
  /** `false` leaves a login that comes back to `resumeAuth`. */ autoParseHash?: boolean | null;
  /** More scopes of another provider, by the name of the connection. */
  connectionScopes?: { [name: string]: string[] | null } | null;
  /** The page's own `nonce`, for a server of its own that ends the login. */ nonce?: string | null;
  /** More parameters of `/authorize`, such as `scope` (`openid profile email` if there is none). */
  params?: { [name: string]: string | number | boolean | null } | null;
  /** `true`: there is no popup mode. */ redirect?: boolean | null;
  /** Where `/authorize` sends the browser back to; this page if there is none. */
  redirectUrl?: string | null;
  /** How the page's own server gets the code. */
  responseMode?: 'query' | 'fragment' | 'form_post' | 'web_message' | null;
  /** `code` with a `redirectUrl`: the page's own server ends the login. The others give tokens to this page, by code and PKCE. */
  responseType?: 'code' | 'token' | 'id_token' | 'token id_token' | 'id_token token' | null;
  /** Lock's; no session is looked for unless `checkSession` is called. */ sso?: boolean | null;
  /** What is handed back with the result of the login. */ state?: string | null;
}

/** Another length for a policy. */
export interface PasswordComplexityOptions {
  /** The fewest characters, at least 1. */ min_length?: number | null;
}

/** What a new password must meet. */
export interface PasswordComplexity {
  /** How many of the types are needed. */ character_type_rule?: 'all' | 'three_of_four' | null;
  /** The types of characters that are needed. */
  character_types?: ('lowercase' | 'uppercase' | 'number' | 'special')[] | null;
  /** `block`: no more than two identical characters in a row. */
  identical_characters?: 'allow' | 'block' | null;
  /** `error`: at most 72 bytes. A password is never cut. */
  max_length_exceeded?: 'error' | 'truncate' | null;
  /** The fewest characters, at least 1. */ min_length?: number | null;
  /** `block`: no more than two in alphabetical or numerical order. */
  sequential_characters?: 'allow' | 'block' | null;
}

/** Auth0's flexible password policy. */
export interface PasswordOptions {
  /** What a new password must meet. */ complexity?: PasswordComplexity | null;
}

/** The length of user names. */
export interface UsernameLength {
  /** The fewest characters; 1 if there is none. */ min?: number | null;
  /** The most characters; 15 if there is none. */ max?: number | null;
}

/** What is checked. */
export interface UsernameValidation {
  /** The length of user names. */ username?: UsernameLength | null;
}

/** Accounts with a password. */
export interface DatabaseConnection {
  /** A name for people. */ display_name?: string | null;
  /** The name of the connection. */ name: string;
  /** One of Auth0's policies; at least 15 characters if there is none. */
  passwordPolicy?: 'none' | 'low' | 'fair' | 'good' | 'excellent' | null;
  /** Another length for the policy. */ password_complexity_options?: PasswordComplexityOptions | null;
  /** Auth0's flexible policy, in place of `passwordPolicy`. */ password_options?: PasswordOptions | null;
  /** Whether accounts have a user name beside their e-mail address. */ requires_username?: boolean | null;
  /** Whether a password can be reset. */ showForgot?: boolean | null;
  /** Whether an account can be made. */ showSignup?: boolean | null;
  /** `auth0`, or nothing. */ strategy?: 'auth0' | null;
  /** The rules for user names. */ validation?: UsernameValidation | null;
}

/** Another provider, which is a button; or a code or link by e-mail or text message. */
export interface ProviderConnection {
  /** What the button calls it. */ display_name?: string | null;
  /** The domain of an enterprise. */ domain?: string | null;
  /** More domains of it. */ domain_aliases?: string[] | null;
  /** The address of its image. */ icon?: string | null;
  /** The name of the connection. */ name: string;
  /** Such as `google-oauth2`; `email` and `sms` are passwordless. */ strategy: string;
}

/** A way in: accounts with a password, or another provider. */
export type Connection = DatabaseConnection | ProviderConnection;

/** A sentence that is shown at first. */
export interface FlashMessage {
  /** The sentence: plain text. */ text: string;
  /** What kind of news it is. */ type: 'error' | 'info' | 'success';
}

/** Your own steps before a request. Each is handed the values, and can refuse by throwing. */
export interface Hooks {
  /** Before a login. */ loggingIn?: Hook | null;
  /** Before a sign-up. */ signingUp?: Hook | null;
}

/** Sentences by their names, some of them in groups. */
export type LanguageDictionary = { [name: string]: string | LanguageDictionary | null };

/** Fields that stand together. */
export interface LayoutGroup {
  /** What they are about. */ heading?: Words | null;
  /** 2: side by side where there is room. */ columns?: number | null;
  /** The names of the fields. */ fields: string[];
}

/** What is asked at a time. Where one part is a step, all are. */
export interface LayoutStep {
  /** What the step is about. */ step: Words;
  /** The names of its fields, and groups of them. */ fields: (string | LayoutGroup)[];
}

/** A field by its name, a group, or a step. */
export type LayoutPart = string | LayoutGroup | LayoutStep;

/** What to start with. */
export interface Prefill {
  /** An e-mail address. */ email?: string | null;
  /** A telephone number. */ phoneNumber?: string | null;
  /** A user name. */ username?: string | null;
}

/** When a question may be asked. Everything that is said must hold. */
export interface Ask {
  /** How long after it was asked last. */ again?: string | null;
  /** What the page must have reported. */ event?: string | null;
  /** How many logins lie between two askings, at the least. */ everyLogins?: number | null;
  /** From the n-th login on; the first is 1. */ fromLogin?: number | null;
  /** How often it is asked at the most. */ maxTimes?: number | null;
  /** Whether a part of the page must ask for it. */ onDemand?: boolean | null;
  /** What is asked first: the larger whole number, from -1000 to 1000; 0 if there is none. */
  priority?: number | null;
  /** The day from which on it must be answered: `2026-12-01`. */ requiredFrom?: string | null;
  /** The share of users who are asked, in per cent. */ share?: number | null;
  /** How long after the sign-up. */ sinceSignUp?: string | null;
}

/** A question after the sign-up. One with the name of an additional sign-up field is that field, and says beside its name only when it is asked. */
export interface ProfileField extends AdditionalSignUpField {
  /** Whether it is asked although the answer is known. */ always?: boolean | null;
  /** When it may be asked; from the first login on, if nothing is said. */ ask?: Ask | null;
  /** How long an answer holds until it is shown to be confirmed. */ confirm?: string | null;
  /** Whether one can say that one does not want to be asked. */ declinable?: boolean | null;
  /** Where else the answer may be known from: paths such as `claims.company`. */ from?: string[] | null;
  /** Whether what is known from elsewhere is stored in `user_metadata`, too. */ keep?: boolean | null;
  /** Whether it must be answered once it is asked. No, if nothing is said. */ required?: boolean | null;
  /** Answers after the sign-up are stored in `user_metadata` alone. */ storage?: 'user_metadata' | null;
  /** Who may write the answer: the person (`user`, if nothing is said), the person once (`create`), or only a server, which asks nobody. */
  write?: 'user' | 'create' | 'server' | null;
}

/** What happens when prompts are skipped again and again. */
export interface AfterSkips {
  /** How long no prompt follows, or `forever`; `90d` if there is none. */ rest?: string | null;
  /** How many prompts must be skipped in a row, at least 1; 3 if there is none. */ skips?: number | null;
}

/** Your own server, which takes a JSON Merge Patch (RFC 7396). */
export interface SaveEndpoint {
  /** Its address: `https://…` or `/…`. */ url: string;
  /** How it knows the person: by their token (`bearer`, if nothing is said), or by a cookie. */
  credentials?: 'bearer' | 'cookie' | null;
  /** Whether it takes an `Idempotency-Key`. */ idempotencyKey?: boolean | null;
}

/** What is asked after the sign-up, when, and where the answers go. A length of time is a whole number of hours, days or weeks: `36h`, `7d`, `2w`; ten years at the most. */
export interface ProgressiveProfile {
  /** The questions, in their order. */ fields: ProfileField[];
  /** What happens when prompts are skipped again and again; `false`: nothing. */
  afterSkips?: AfterSkips | boolean | null;
  /** How long no prompt follows another; `1d` if there is none. */ coolDown?: string | null;
  /** How a prompt is shown: where the box is (`inline`, if nothing is said), over the page, or as a line at its edge. */
  display?: 'inline' | 'modal' | 'banner' | null;
  /** The most questions of a prompt, at least 1; 2 if there is none. */ maxFields?: number | null;
  /** Whether answers that cannot be sent wait in the browser, encrypted, for the next login. */
  queue?: boolean | null;
  /** Where the answers go: to the tenant (`auth0`, if nothing is said), to `latchlet serve`, back to a post-login Action (`continue`), to your own server, or to a function. */
  save?: 'auth0' | 'latchlet' | 'continue' | SaveEndpoint | SaveAnswers | null;
  /** For how long one can put a prompt off; a week, if nothing is said. An empty list: one cannot. */
  snooze?: string[] | null;
  /** Whether each question is a step of its own. */ steps?: boolean | null;
  /** Which edition of the questions this is, at most 20 characters. Another one asks again what was skipped or declined. */
  version?: string | null;
}

/** How Lock describes a button. */
export interface AuthButton {
  /** What the button calls the provider. */ displayName?: string | null;
  /** Has no effect: buttons keep a contrast that is tested. */ foregroundColor?: string | null;
  /** The address of its image. */ icon?: string | null;
  /** Has no effect: buttons keep a contrast that is tested. */ primaryColor?: string | null;
}

/** What Lock says of looks. */
export interface Theme {
  /** Buttons, by the name of the connection. */ authButtons?: { [name: string]: AuthButton | null } | null;
  /** Has no effect: a screen has a title. */ hideMainScreenTitle?: boolean | null;
  /** Has no effect: a button says what it does. */ labeledSubmitButton?: boolean | null;
  /** The address of an image above the title: `https://…` or `/…`. */ logo?: string | null;
  /** The accent of buttons, links and focus. */ primaryColor?: string | null;
}

/** What a page says about its box. */
export interface LatchletConfig extends LockOptionsWithoutEffect {
  /** The address of this schema, for editors. */ $schema?: string | null;
  /** The client id of the application. */ clientId: string;
  /** The auth backend: a host such as `tenant.auth0.com`, or an origin. */ domain: string;
  /** Gives an access token of whoever is logged in, for questions that no login of this box came before. */
  accessToken?: AccessToken | null;
  /** What a sign-up asks beside e-mail address, user name and password. */
  additionalSignUpFields?: AdditionalSignUpField[] | null;
  /** Whether a password can be reset. */ allowForgotPassword?: boolean | null;
  /** Whether there is a login. */ allowLogin?: boolean | null;
  /** Whether there is a sign-up. */ allowSignUp?: boolean | null;
  /** The only connections, in this order. */ allowedConnections?: string[] | null;
  /** How a login is asked for, and where it ends. */ auth?: AuthOptions | null;
  /** Whether the first field takes focus when the box is shown. */ autofocus?: boolean | null;
  /** Chooses the database connection of a person. */ connectionResolver?: ConnectionResolver | null;
  /** The ways in; if there are none, the auth backend is asked. */ connections?: Connection[] | null;
  /** The database connection that is used first. */ defaultDatabaseConnection?: string | null;
  /** Whether what is typed survives a reload of the page; never passwords. */ draft?: boolean | null;
  /** A sentence that is shown at first. */ flashMessage?: FlashMessage | null;
  /** Your own page for forgotten passwords. */ forgotPasswordLink?: string | null;
  /** Your own steps before a request. */ hooks?: Hooks | null;
  /** The claims of the ID token of whoever is logged in. */
  idTokenPayload?: { [name: string]: unknown } | null;
  /** The screen that is shown first. */
  initialScreen?: 'login' | 'signUp' | 'forgotPassword' | 'passwordless' | null;
  /** What the page knows of the person, for conditions. */ known?: { [name: string]: unknown } | null;
  /** The language of your own words, such as `pt-BR`; `en` if there is none. */ language?: string | null;
  /** The sentences of the box in your own words: Lock's keys, and the names of our messages. */
  languageDictionary?: LanguageDictionary | null;
  /** The order of the sign-up's fields, their groups and steps. */ layout?: LayoutPart[] | null;
  /** Whether a sign-up goes on to a login; yes if nothing is said. */ loginAfterSignUp?: boolean | null;
  /** Whether the box logs people in, or only asks what is missing. */ mode?: 'login' | 'profile' | null;
  /** Whether a last box must be ticked. */ mustAcceptTerms?: boolean | null;
  /** Whether a code or a link is sent by e-mail. */ passwordlessMethod?: 'code' | 'link' | null;
  /** Lock's; always so. */ preferConnectionDisplayName?: boolean | null;
  /** What to start with. */ prefill?: Prefill | null;
  /** What is asked after the sign-up, when, and where the answers go. */
  progressiveProfile?: ProgressiveProfile | null;
  /** Whether the way in that was taken last is marked; yes if nothing is said. */
  rememberLastLogin?: boolean | null;
  /** Lock's; without effect. */ showTerms?: boolean | null;
  /** Lock's; always so. */ signUpFieldsStrictValidation?: boolean | null;
  /** Whether the user name is made up and not asked. */ signUpHideUsernameField?: boolean | null;
  /** Your own page for signing up. */ signUpLink?: string | null;
  /** The logo, and what Lock says of looks. */ theme?: Theme | null;
  /** The profile of whoever is logged in, `user_metadata` in it. */
  user?: { [name: string]: unknown } | null;
  /** What somebody signs in with, where accounts have a user name. */
  usernameStyle?: 'email' | 'username' | null;
  /** The version of this config; a draft of another one is dropped. */ version?: string | null;
}
