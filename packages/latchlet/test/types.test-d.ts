// What the types accept and refuse. Nothing here runs: `tsc --noEmit` is the
// test, and fails where an `@ts-expect-error` line has no error.

import DefaultLatchlet, { Latchlet, LatchletError } from '../src/lock.js';
import type {
  AdditionalSignUpField,
  AuthResult,
  Events,
  LatchletOptions,
  SignUpResult,
  UserInfo,
  Values,
} from '../src/lock.js';

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : false;
const holds = <T extends true>(_: T | undefined = undefined): void => undefined;

// The constructor.
const lock: Latchlet = new DefaultLatchlet('client', 'tenant.auth0.com');
new Latchlet('client', 'tenant.auth0.com', { container: 'box', closable: true, autoclose: true });
new Latchlet('client', 'tenant.auth0.com', { container: document.createElement('div') });
// @ts-expect-error the client id is a string
new Latchlet(7, 'tenant.auth0.com');
// @ts-expect-error there is no Latchlet without a domain
new Latchlet('client');
// @ts-expect-error the options are an object
new Latchlet('client', 'tenant.auth0.com', 'options');
// @ts-expect-error a misspelt option is told before the page runs
new Latchlet('client', 'tenant.auth0.com', { additionalSignupFields: [] });

// A configuration of Lock, with all its forms of fields, as it is.
const options: LatchletOptions = {
  allowedConnections: ['Username-Password-Authentication'],
  auth: { audience: 'https://api', params: { scope: 'openid email', state: 's' }, responseType: 'code', sso: false },
  avatar: null,
  languageDictionary: { title: 'Log in', error: { login: { 'lock.network': 'Offline' } } },
  theme: { logo: '/logo.png', primaryColor: 'green', authButtons: { oidc: { displayName: 'Us' } } },
  hooks: { loggingIn: (_values, done) => done(null) },
  connectionResolver: (_username, { connections }, done) => {
    done({ type: 'database', name: String(connections.length) });
  },
  additionalSignUpFields: [
    { name: 'address', placeholder: 'your address', icon: '/i.png', prefill: 'street 1', ariaLabel: 'Address',
      validator: (address) => ({ valid: address.length >= 10, hint: 'Ten characters' }) },
    { type: 'select', name: 'location', placeholder: 'choose', prefill: 'us',
      options: [{ value: 'us', label: 'United States' }] },
    { type: 'select', name: 'city', placeholder: 'choose', options: (done) => done(null, [{ value: 'a', label: 'A' }]) },
    { type: 'select', name: 'town', placeholder: 'choose', options: async () => [{ value: 'a', label: 'A' }] },
    { type: 'checkbox', name: 'newsletter', prefill: 'true', placeholder: 'News' },
    { type: 'hidden', name: 'signup_code', value: 'abc123' },
    { name: 'name', placeholder: 'Name', storage: 'root', prefill: (done) => done(null, 'Ada') },
  ],
};
new Latchlet('client', 'tenant.auth0.com', options);

const field: AdditionalSignUpField = { name: 'size', type: 'radio', label: { en: 'Size' }, options: ['s', 'm'] };
void field;
// @ts-expect-error there is no such kind of field
const wrong: AdditionalSignUpField = { name: 'size', type: 'slider' };
void wrong;

// What a show() may say, and what only the constructor may.
lock.show();
lock.show({
  allowedConnections: [], allowForgotPassword: true, allowLogin: true, allowSignUp: false,
  allowAutocomplete: true, allowPasswordAutocomplete: true, allowShowPassword: true,
  auth: { params: { scope: 'openid' } }, flashMessage: { type: 'success', text: 'Done' },
  initialScreen: 'signUp', language: 'es', languageDictionary: {}, rememberLastLogin: false,
  theme: { logo: '/l.png', primaryColor: 'red' },
});
// @ts-expect-error the place is the constructor's
lock.show({ container: 'elsewhere' });
// @ts-expect-error a flash message has one of three types
lock.show({ flashMessage: { type: 'warning', text: '' } });
// @ts-expect-error there is no such screen
lock.show({ initialScreen: 'mfaLogin' });

// Events and their payloads.
lock
  .on('authenticated', (result) => holds<Same<typeof result, AuthResult>>())
  .once('signup success', (result) => holds<Same<typeof result, SignUpResult>>())
  .on('authorization_error', (error) => holds<Same<typeof error, LatchletError>>())
  .on('hash_parsed', (parsed) => holds<Same<typeof parsed, AuthResult | LatchletError | null>>())
  .on('beforesubmit', ({ values, preventDefault }) => {
    holds<Same<typeof values, Values>>();
    preventDefault();
  })
  .on('show', () => undefined)
  .off('show', () => undefined)
  .removeListener('hide', () => undefined)
  .removeAllListeners('signin ready')
  .removeAllListeners();
// @ts-expect-error a misspelt event is told before the page runs
lock.on('authenticate', () => undefined);
// @ts-expect-error Lock's, of a request that is not made here
lock.on('ssodata fetched', () => undefined);
// @ts-expect-error nothing is handed over by `show`
lock.on('show', (detail: string) => void detail);
const name: keyof Events = 'federated login';
void name;

// Each of these takes a callback, and answers by a promise as well.
holds<Same<ReturnType<typeof lock.checkSession>, Promise<AuthResult>>>();
holds<Same<ReturnType<typeof lock.getUserInfo>, Promise<UserInfo>>>();
lock.checkSession({}, (error, result) => {
  holds<Same<typeof error, LatchletError | null>>();
  holds<Same<typeof result, AuthResult | undefined>>();
});
lock.getUserInfo('token', (_error, profile) => void profile?.email);
lock.getProfile('token', (_error, profile) => void profile?.sub);
lock.resumeAuth(location.hash, (_error, result) => void result?.accessToken);
lock.logout({ returnTo: 'https://example.com', federated: true });
lock.hide();
lock.destroy();
holds<Same<ReturnType<typeof Latchlet.preload>, Promise<void>>>();
// @ts-expect-error a profile has no such method
lock.getUserInfo('token').then((profile) => profile.logout());
