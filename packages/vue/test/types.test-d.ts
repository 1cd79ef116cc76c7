// What the types of the component accept and refuse.

import { h } from 'vue';
import { LatchletBox } from '@latchlet/vue';
import type { LatchletBoxExposed } from '@latchlet/vue';

const options = { clientId: 'client', domain: 'login.example.com' };

h(LatchletBox, { options, isolation: 'shadow', theme: 'dark' });
h(LatchletBox, { options, onAuthenticated: (result) => void result.idTokenPayload.email }, () => 'Log in');
declare const exposed: LatchletBoxExposed;
void exposed.element.value?.ready.then((box) => box.hide());
// @ts-expect-error there is no such isolation
h(LatchletBox, { options, isolation: 'closed' });
