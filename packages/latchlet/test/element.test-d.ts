// What the types of `<latchlet-box>` accept and refuse.

import { LatchletBox, LatchletError, configure } from '../src/define.js';
import type { AuthResult, BoxEvents, LatchletConfig } from '../src/define.js';

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : false;
const holds = <T extends true>(_: T | undefined = undefined): void => undefined;

const box = document.createElement('latchlet-box');
holds<Same<typeof box, LatchletBox>>();
holds<Same<typeof box.ready, Promise<LatchletBox>>>();

box.clientId = 'client';
box.isolation = 'shadow';
box.mode = 'profile';
box.theme = 'dark';
box.theme = { logo: '/logo.png' };
box.options = { clientId: 'client', domain: 'login.example.com', initialScreen: 'signUp' };
box.accessToken = () => 'token';
box.hooks = { signingUp: (_values, done) => done(null) };
const options: Partial<LatchletConfig> = box.options;
void options;
// @ts-expect-error there is no such isolation
box.isolation = 'closed';
// @ts-expect-error a misspelt option is told before the page runs
box.options = { clientID: 'client' };
// @ts-expect-error what is typed into it comes by events
box.values;

box.addEventListener('latchlet:authenticated', ({ detail }) => holds<Same<typeof detail, AuthResult>>());
box.addEventListener('latchlet:fatal', ({ detail }) => holds<Same<typeof detail, LatchletError>>());
box.addEventListener('click', ({ clientX }) => void clientX);
const name: keyof BoxEvents = 'latchlet:screen';
void name;
// @ts-expect-error an event of another name
const wrong: keyof BoxEvents = 'latchlet:login';
void wrong;

holds<Same<ReturnType<LatchletBox['checkSession']>, Promise<AuthResult>>>();
box.show({ initialScreen: 'forgotPassword' });
// @ts-expect-error whose box it is does not change for a while
box.show({ clientId: 'other' });
box.hide();
configure({ wasmUrl: '/assets/latchlet.wasm' });
configure({ wasmUrl: new URL('https://cdn.example.com/latchlet_bg.wasm') });
