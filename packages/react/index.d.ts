import type { ReactElement, ReactNode, Ref } from 'react';
import type { BoxEvents, ColorScheme, Isolation, LatchletBox as Element, LatchletConfig } from 'latchlet/box';

type Heard<K extends keyof BoxEvents> = (detail: BoxEvents[K]['detail'], event: BoxEvents[K]) => void;

export interface LatchletBoxProps {
  /** Everything about the box. Functions in it are the same only if they are one: make them once. */
  options: LatchletConfig;
  isolation?: Isolation;
  theme?: ColorScheme;
  className?: string;
  id?: string;
  /** Shown until the box is there, and where it cannot be. */
  children?: ReactNode;
  /** The element, with its methods. */
  ref?: Ref<Element>;
  /** The same, for React 18. */
  boxRef?: Ref<Element>;
  onAuthenticated?: Heard<'latchlet:authenticated'>;
  onBeforeSubmit?: Heard<'latchlet:beforesubmit'>;
  onConfigError?: Heard<'latchlet:config-error'>;
  onError?: Heard<'latchlet:error'>;
  onFatal?: Heard<'latchlet:fatal'>;
  onFederated?: Heard<'latchlet:federated'>;
  onFieldError?: Heard<'latchlet:fielderror'>;
  onProfileAnswered?: Heard<'latchlet:profileanswered'>;
  onProfileShown?: Heard<'latchlet:profileshown'>;
  onProfileSkipped?: Heard<'latchlet:profileskipped'>;
  onProfileSnoozed?: Heard<'latchlet:profilesnoozed'>;
  onScreen?: Heard<'latchlet:screen'>;
  onSignup?: Heard<'latchlet:signup'>;
  onSubmit?: Heard<'latchlet:submit'>;
}

export function LatchletBox(props: LatchletBoxProps): ReactElement;
