// What the types of the component accept and refuse.

import type { ComponentProps } from 'svelte';
import { LatchletBox } from '@latchlet/svelte';

type Props = ComponentProps<typeof LatchletBox>;
const options = { clientId: 'client', domain: 'login.example.com' };

export const whole: Props = {
  options, isolation: 'shadow', theme: 'dark', class: 'wide',
  onauthenticated: (result) => void result.idTokenPayload.email,
  onbeforesubmit: (about, event) => { if (about.screen === 'signUp') event.preventDefault(); },
  onconfigerror: (problems) => void problems.length,
};
void whole.element?.ready.then((box) => box.hide());
// @ts-expect-error a box has options
export const empty: Props = {};
// @ts-expect-error a misspelt option is told before the page runs
export const misspelt: Props = { options: { clientID: 'client', domain: 'login.example.com' } };
// @ts-expect-error there is no such event
export const unheard: Props = { options, onlogin: () => undefined };
