// What the types of the component accept and refuse.

import { createElement, createRef } from 'react';
import { LatchletBox } from '@latchlet/react';
import type { AuthResult, LatchletBox as Element } from 'latchlet/box';

const ref = createRef<Element>();
const options = { clientId: 'client', domain: 'login.example.com' };

createElement(LatchletBox, {
  options, ref, isolation: 'shadow', theme: 'dark', className: 'wide',
  onAuthenticated: (result) => { const all: AuthResult = result; void all.idTokenPayload.email; },
  onBeforeSubmit: (about, event) => { if (about.screen === 'signUp') event.preventDefault(); },
  onFatal: ({ code }) => void code.length,
});
void ref.current?.ready.then((box) => box.show({ initialScreen: 'login' }));
// @ts-expect-error a box has options
createElement(LatchletBox, {});
// @ts-expect-error a misspelt option is told before the page runs
createElement(LatchletBox, { options: { clientID: 'client', domain: 'login.example.com' } });
// @ts-expect-error there is no such event
createElement(LatchletBox, { options, onLogin: () => undefined });
