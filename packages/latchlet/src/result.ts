// How things end: what a login gives, and why one failed.

/** The claims of an ID token (OpenID Connect Core 1.0, section 2). */
export interface IdTokenPayload {
  iss: string;
  sub: string;
  aud: string | string[];
  exp: number;
  iat: number;
  nonce?: string;
  name?: string;
  given_name?: string;
  family_name?: string;
  nickname?: string;
  picture?: string;
  email?: string;
  email_verified?: boolean;
  updated_at?: string;
  [claim: string]: unknown;
}

/** What a login gives. */
export interface AuthResult {
  /** For the API that was named as audience. */
  accessToken: string;
  idToken: string;
  idTokenPayload: IdTokenPayload;
  /** Seconds until the access token ends. */
  expiresIn: number;
  tokenType: string;
  scope?: string;
  /** If the scope has `offline_access`. */
  refreshToken?: string;
  /** What `auth.params.state` was. */
  state?: string;
  appState?: unknown;
  /** Answers that the auth server did not take: they are the page's to keep. */
  deferred?: Record<string, unknown>;
}

/** The reply of `/userinfo`. */
export interface UserInfo {
  sub: string;
  name?: string;
  nickname?: string;
  picture?: string;
  email?: string;
  email_verified?: boolean;
  [claim: string]: unknown;
}

/** The reply to a sign-up, with the names that the server gave. */
export interface SignUpResult {
  _id: string;
  email: string;
  email_verified: boolean;
  username?: string;
  user_metadata?: Record<string, unknown>;
  [attribute: string]: unknown;
}

/** What came of questions. */
export interface Answered {
  /** As they are stored; `null` for an answer that was taken back. */
  values: Record<string, unknown>;
  /** The names of the questions that were answered. */
  answered: string[];
  /** Whether they were skipped or put off. */
  skipped: boolean;
}

/** Why a question is asked, or is not. Times are seconds since 1970. */
export interface Reason {
  /** Stable, for programs: `due`, `known`, `cool_down`, … */
  code: string;
  source?: string;
  event?: string;
  login?: number;
  at?: number;
}

/** What is asked of whoever is logged in, and why. */
export interface Explanation {
  ask: { name: string; why: string; required: boolean }[];
  maySkip: boolean;
  /** When, and at which login, something may be asked that waits for it. */
  nextAt?: number;
  nextLogin?: number;
  /** By the name of the question. */
  reasons: Record<string, Reason>;
  /** Which login of theirs this is. */
  login: number;
  /** What was asked before, as it is stored. */
  history: Record<string, unknown>;
  /** What the store of the answers can do. */
  store: Record<string, boolean | number>;
}

/** One mistake in the options. */
export interface Problem {
  /** Where it is, as in `additionalSignUpFields[2].name`. */
  path: string;
  code: string;
  message: string;
  /** The nearest valid name. */
  suggestion?: string;
}

/** What a failure may say beside its code and sentence. */
interface Details {
  screen?: string | undefined;
  original?: unknown;
  problems?: Problem[];
}

/** Why something failed. */
export class LatchletError extends Error {
  override readonly name = 'LatchletError';
  /** Stable, for programs: `login_required`, `access_denied`, `network`, … */
  readonly code: string;
  /** The same, under the name that auth0.js has for it. */
  readonly error: string;
  /** The sentence, under the names that auth0.js has for it. */
  readonly description: string;
  readonly errorDescription: string;
  /** The screen that a person was on. */
  readonly screen?: string;
  /** The server's reply as it was sent, where there was one. */
  readonly original?: unknown;
  /** What is wrong with the options, for `invalid_config`. */
  readonly problems?: Problem[];

  constructor(code: string, message: string, details: Details = {}) {
    super(message);
    this.code = this.error = code;
    this.description = this.errorDescription = message;
    Object.assign(this, details);
  }

  /** What was thrown, as one of these. */
  static from(thrown: unknown): LatchletError {
    if (thrown instanceof LatchletError) return thrown;
    const { code, message, ...details } = Object(thrown) as { code?: string; message?: string } & Details;
    return new LatchletError(code || 'internal_error', message ?? String(thrown), { ...details });
  }
}
