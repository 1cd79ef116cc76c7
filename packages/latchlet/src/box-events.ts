// What `<latchlet-box>` tells. Every event bubbles and is composed.

import type {
  FederatedLogin, FieldError, OfScreen, OfSubmit, ProfileAnswered, ProfileShown, ProfileSkipped, ProfileSnoozed,
} from './events.js';
import type { AuthResult, LatchletError, Problem, SignUpResult } from './result.js';

/** What a failed attempt says. */
export interface Failure extends OfScreen {
  code: string;
  message: string;
}

/** Every event, by its name. */
export interface BoxEvents {
  'latchlet:authenticated': CustomEvent<AuthResult>;
  /** `preventDefault()` stops the submit. */
  'latchlet:beforesubmit': CustomEvent<OfSubmit>;
  'latchlet:config-error': CustomEvent<Problem[]>;
  'latchlet:error': CustomEvent<Failure>;
  /** The box is not there, or has stopped; its message says so in its place. */
  'latchlet:fatal': CustomEvent<LatchletError>;
  'latchlet:federated': CustomEvent<FederatedLogin>;
  'latchlet:fielderror': CustomEvent<FieldError>;
  'latchlet:profileanswered': CustomEvent<ProfileAnswered>;
  'latchlet:profileshown': CustomEvent<ProfileShown>;
  'latchlet:profileskipped': CustomEvent<ProfileSkipped>;
  'latchlet:profilesnoozed': CustomEvent<ProfileSnoozed>;
  'latchlet:screen': CustomEvent<OfScreen>;
  'latchlet:signup': CustomEvent<SignUpResult>;
  'latchlet:submit': CustomEvent<OfSubmit>;
}
