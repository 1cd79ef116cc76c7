// Every code that Auth0 documents, as a server would send it, and what a
// person reads: those for which Lock has one generic sentence, too.

import { passwords } from './harness/box.mjs';
import { LockPage } from './harness/lock.mjs';
import { expect, newEmail, test } from './harness/test.mjs';

/** @type {LockPage} */
let lock;

test.beforeEach(async ({ page, host, latchlet }) => {
  expect(latchlet.origin).toBe(host.connectTo);
  host.options.connections[0] = { ...host.options.connections[0], requires_username: true };
  lock = new LockPage(page, host);
  await lock.open();
});

const legacy = (code, more = {}) => ({ status: 400, body: { name: 'BadRequestError', code, statusCode: 400, ...more } });
const weak = (name, more = {}) => legacy('invalid_password', { name, message: 'Password is too weak', ...more });
const policy = '* At least 12 characters in length\n* Contain a number';

const doesNotAccept = 'The server doesn’t accept this answer. Make it shorter, or change it.';
const mismatch = 'This form can’t be sent as it is. Please tell the owner of this site.';

/** The case, the fault, where the sentence stands, and the sentence. */
const signUps = [
  ['extensibility_error', legacy('extensibility_error', { message: 'internal', friendly_message: 'Invite only, <b>sorry</b>.' }), 'alert', 'Invite only, <b>sorry</b>.'],
  ['hook_error', legacy('hook_error', { description: 'Not on a Sunday.' }), 'alert', 'Not on a Sunday.'],
  ['invalid_signup', legacy('invalid_signup'), 'alert', /^We couldn’t create an account with these details/],
  ['too_many_requests', { status: 429, body: { error: 'too_many_requests', error_description: 'Global limit' } }, 'alert', /^There are too many requests/],
  ['invalid_password, PasswordStrengthError', weak('PasswordStrengthError', { policy }), 'password', /policy:\s*\* At least 12 characters/],
  ['invalid_password, PasswordDictionaryError', weak('PasswordDictionaryError'), 'password', /too common/],
  ['invalid_password, PasswordNoUserInfoError', weak('PasswordNoUserInfoError'), 'password', /something about you/],
  ['invalid_password, PasswordHistoryError', weak('PasswordHistoryError'), 'password', /used this password before/],
  ['password_leaked', legacy('password_leaked'), 'password', /data breach/],
  ['user_exists', legacy('user_exists'), 'email', /already an account/],
  ['username_exists', legacy('username_exists'), 'username', /taken/],
  ['invalid_captcha', legacy('invalid_captcha'), 'alert', /check that you are human/],
  ['public signup is disabled', { status: 400, body: { error: 'public signup is disabled' } }, 'alert', /can’t be created here/],
  ['500', { status: 500, body: { statusCode: 500, error: 'Internal Server Error' } }, 'alert', /^Something went wrong on our side/],
  ['no network', 'cut', 'alert', /^We can’t reach the server/],
  ['an answer that Auth0 does not take, as a bare text', { status: 400, body: { error: 'invalid user_metadata.company type (only strings are allowed)' } }, 'company', doesNotAccept],
  ['an answer that Auth0 does not take, in the older shape', legacy('invalid_request', { description: 'user_metadata.company is too long' }), 'company', doesNotAccept],
  ['an answer to a hidden question', { status: 400, body: { error: 'invalid user_metadata.source type' } }, 'alert', mismatch],
  ['an answer to no question', { status: 400, body: { error: 'invalid user_metadata.constructor type' } }, 'alert', mismatch],
  ['too many answers', { status: 400, body: { statusCode: 400, error: 'Bad Request', errorCode: 'invalid_body', message: 'Payload validation error: \'Too many properties defined (11), maximum 10\' on property user_metadata.' } }, 'alert', mismatch],
  ['answers that our server does not take', legacy('invalid_user_metadata', { errors: [{ path: '/user_metadata/company', code: 'too_long', message: 'At most 500.' }] }), 'company', 'At most 500.'],
  ['too many answers, as our server says it', legacy('invalid_user_metadata', { errors: [{ path: '/user_metadata', code: 'too_many_fields', message: 'At most 10.' }] }), 'alert', mismatch],
  // The other shape that some paths have.
  ['invalid_signup, in the shape of OAuth', { status: 400, body: { error: 'invalid_signup', error_description: 'Invalid sign up' } }, 'alert', /^We couldn’t create an account/],
  ['invalid_password, in the shape of OAuth', { status: 400, body: { error: 'invalid_password', error_description: 'too weak' } }, 'password', /meets/],
];

const logins = [
  ['access_denied', { status: 403, body: { error: 'access_denied', error_description: 'Wrong email or password.' } }, /is wrong\.$/],
  ['invalid_user_password', { status: 403, body: { code: 'invalid_user_password' } }, /is wrong\.$/],
  ['invalid_grant', { status: 403, body: { error: 'invalid_grant' } }, /is wrong\.$/],
  ['blocked_user', { status: 401, body: { error: 'blocked_user' } }, /^This account is blocked/],
  ['unauthorized, a tenant\'s rule', { status: 401, body: { error: 'unauthorized', error_description: 'Only on weekdays.' } }, 'Only on weekdays.'],
  ['unauthorized, blocked', { status: 401, body: { error: 'unauthorized', error_description: 'user is blocked' } }, /^This account is blocked/],
  ['password_leaked', { status: 403, body: { error: 'password_leaked' } }, /data breach/],
  ['password_change_required', { status: 401, body: { error: 'password_change_required' } }, /must be changed/],
  ['too_many_attempts', { status: 429, body: { error: 'too_many_attempts' } }, /too many failed attempts/],
  ['too_many_requests', { status: 429, body: { error: 'too_many_requests' } }, /^There are too many requests/],
  ['mfa_required', { status: 403, body: { error: 'mfa_required' } }, /second step to log in, which isn’t available/],
  ['mfa_registration_required', { status: 403, body: { error: 'mfa_registration_required' } }, /not set up yet/],
  ['invalid_captcha', { status: 403, body: { error: 'invalid_captcha' } }, /check that you are human/],
  ['requires_verification', { status: 401, body: { error: 'requires_verification' } }, /check that you are human/],
  ['rule_error', { status: 401, body: { error: 'rule_error', error_description: 'Please pay first.' } }, 'Please pay first.'],
  ['extensibility_error', { status: 401, body: { code: 'extensibility_error', friendly_message: 'Closed today.' } }, 'Closed today.'],
  ['session_missing', { status: 401, body: { error: 'session_missing' } }, /Log in again\.$/],
  ['an origin that may not', { status: 403, body: 'Origin https://example.com is not allowed.' }, /^This page isn’t allowed to log you in/],
  ['500', { status: 500, body: {} }, /^Something went wrong on our side/],
  ['no network', 'cut', /^We can’t reach the server/],
];

function spoil(proxy, path, fault) {
  if (fault === 'cut') {
    // Chromium tries again where a connection was used before.
    proxy.spoil(path, { cut: 'before' }, 5);
    return;
  }
  const body = typeof fault.body === 'string' ? fault.body : JSON.stringify(fault.body);
  proxy.spoil(path, { answer: { status: fault.status, headers: { 'content-type': 'application/json' }, body } });
}

for (const [name, fault, place, sentence] of signUps) {
  test(`sign-up is refused: ${name}`, async ({ latchlet, watched }) => {
    watched.allow(/ERR_EMPTY_RESPONSE|ERR_CONNECTION/);
    // What no field can show is for the developer.
    if (sentence === mismatch) watched.allow(/Latchlet: the server refused/);
    const { box } = lock;
    const username = box.root.getByLabel('Username', { exact: true });
    spoil(latchlet.proxy, '/dbconnections/signup', fault);
    await lock.opener.click();
    await lock.begin();
    await box.fill({ email: newEmail(), company: 'kept' });
    await username.fill('ada');
    await box.submit.click();
    const control = { email: box.email, password: box.password, company: box.company, username }[place];
    await expect(control ? box.errorOf(control) : box.alert.filter({ hasText: /./ })).toHaveText(sentence);
    if (control) await expect(control).toHaveAttribute('aria-invalid', 'true');
    const [error] = await lock.hears('signup error');
    expect(error.code).not.toBe('');
    expect(error.screen).toBe('signUp');
    await expect(box.company).toHaveValue('kept');
    await expect(box.submit).not.toHaveAttribute('aria-disabled');
  });
}

for (const [name, fault, sentence] of logins) {
  test(`login is refused: ${name}`, async ({ page, latchlet, watched }) => {
    watched.allow(/ERR_EMPTY_RESPONSE|ERR_CONNECTION/);
    const { box } = lock;
    spoil(latchlet.proxy, '/co/authenticate', fault);
    await page.evaluate(() => globalThis.lockTest.lock.show({ initialScreen: 'login', usernameStyle: 'email' }));
    await lock.begin();
    await box.email.fill(newEmail());
    await box.password.fill(passwords.good);
    await box.submit.click();
    await expect(box.alert.filter({ hasText: /./ })).toHaveText(sentence);
    const [error] = await lock.hears('authorization_error');
    expect(error.code).not.toBe('');
    await expect(box.submit).not.toHaveAttribute('aria-disabled');
  });
}
