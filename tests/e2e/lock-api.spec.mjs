// The class `Latchlet` as code uses it: constructor, methods, events.

import { execFile } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { passwords } from './harness/box.mjs';
import { root } from './harness/environment.mjs';
import { LockPage } from './harness/lock.mjs';
import { expect, newEmail, test } from './harness/test.mjs';

/** @type {LockPage} */
let lock;

test.beforeEach(async ({ page, host, latchlet }) => {
  expect(latchlet.origin).toBe(host.connectTo);
  lock = new LockPage(page, host);
  await lock.open();
});

/** Signs up in the modal, and waits for the login to come back. */
async function logIn(email = newEmail()) {
  await lock.opener.click();
  await lock.begin();
  await lock.box.fill({ email });
  await lock.box.submit.click();
  const [result] = await lock.hears('authenticated');
  await lock.ready();
  return result;
}

test('wrong arguments throw an Error at once that says which', async ({ page }) => {
  const messages = await page.evaluate(() => {
    const { Latchlet, domain } = globalThis.lockTest;
    return [[7, domain], ['client'], ['client', domain, 'options'], ['client', domain, null], ['client', domain, []]]
      .map((given) => {
        try {
          return String(new Latchlet(...given));
        } catch (error) {
          return `${error.name}: ${error.message}`;
        }
      });
  });
  expect(messages).toEqual([
    'Error: Latchlet: the first argument must be the client id, a string, not number.',
    'Error: Latchlet: the second argument must be the domain, a string, not undefined.',
    'Error: Latchlet: the third argument must be an object of options, not string.',
    'Error: Latchlet: the third argument must be an object of options, not null.',
    'Error: Latchlet: the third argument must be an object of options, not object.',
  ]);
});

test('both exports are the class, and Node can import it, for pages that are rendered there', async ({ page }) => {
  expect(await page.evaluate(async () => {
    const module = await import('/latchlet/lock.js');
    return module.default === module.Latchlet && module.default === globalThis.lockTest.Latchlet;
  })).toBe(true);
  const file = pathToFileURL(path.join(root, 'dist/lock.js'));
  const script = `import('${file}').then(({ default: it }) => process.stdout.write(typeof it.preload))`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script]);
  expect(stdout.trim()).toBe('function');
});

test('the Wasm is fetched once, by the first show or by preload, and not before', async ({ page, latchlet }) => {
  const fetched = [];
  page.on('request', (request) => { if (request.url().endsWith('.wasm')) fetched.push(request.url()); });
  await page.waitForTimeout(300);
  expect(fetched).toEqual([]);
  await page.evaluate(() => globalThis.lockTest.Latchlet.preload());
  expect(fetched).toHaveLength(1);
  await page.evaluate(() => {
    globalThis.lockTest.make({ container: 'place' }).show();
    globalThis.lockTest.lock.show();
  });
  await expect(page.locator('[part~="box"]')).toHaveCount(2);
  expect(fetched).toHaveLength(1);
  expect(latchlet.proxy.seen).not.toContain('GET /authorize');
});

test('a login tells everything: values, payloads, and `hash_parsed` on the page that it comes back to', async ({ page, latchlet }) => {
  expect(await lock.hears('hash_parsed')).toEqual([null]);
  const email = newEmail();
  await lock.opener.click();
  await lock.begin();
  expect(await lock.hears('signup ready')).toEqual([{ screen: 'signUp' }]);
  await lock.box.fill({ email, company: 'Ä & Co' });
  await lock.box.submit.click();
  const [result] = await lock.hears('authenticated');
  const left = await page.evaluate(() => globalThis.lockTest.before);
  const before = (name) => left.find((event) => event.name === name).args;
  const values = { email, name: 'Ada Lovelace', company: 'Ä & Co', team_size: '1', newsletter: false, source: 'demo' };
  expect(before('signup submit')).toEqual([{ screen: 'signUp', values }]);
  expect(before('beforesubmit')[0].values).toEqual(values);
  const [account] = before('signup success');
  expect(account).toMatchObject({ email, email_verified: false, user_metadata: { company: 'Ä & Co' } });
  expect(account._id).toMatch(/^\w+$/);
  expect(account).not.toHaveProperty('Id');
  expect(result).toMatchObject({
    tokenType: 'Bearer', idTokenPayload: { email, iss: `${latchlet.origin}/`, aud: 'latchlet-demo' },
  });
  expect(result.expiresIn).toBeGreaterThan(0);
  expect(await lock.told('hash_parsed')).toEqual([[result]]);
  expect(new URL(page.url()).search).toBe('');
  await expect(lock.dialog).toHaveCount(0);
});

test('`beforesubmit` stops a submit', async ({ page, latchlet }) => {
  await page.evaluate(() => {
    globalThis.lockTest.lock.on('beforesubmit', ({ values, preventDefault }) => {
      if (values.company === 'Nobody') preventDefault();
    });
  });
  await lock.opener.click();
  await lock.begin();
  await lock.box.fill({ email: newEmail(), company: 'Nobody' });
  await lock.box.submit.click();
  await lock.hears('beforesubmit');
  await page.waitForTimeout(500);
  expect(latchlet.proxy.count('POST /dbconnections/signup')).toBe(0);
  expect(await lock.told('signup submit')).toEqual([]);
  await expect(lock.box.submit).not.toHaveAttribute('aria-disabled');
});

test('failures are Errors with the server\'s code, by screen', async ({ page }) => {
  await page.evaluate(() => {
    const { lock: it, LatchletError } = globalThis.lockTest;
    it.on('authorization_error', (error) => {
      globalThis.lockTest.isError = error instanceof LatchletError && error instanceof Error;
    });
    it.show({ initialScreen: 'login' });
  });
  await lock.box.signIn({ email: newEmail('nobody') });
  const [error] = await lock.hears('authorization_error');
  expect(error).toMatchObject({ code: 'access_denied', error: 'access_denied', screen: 'signIn' });
  expect(error.description).toBe('The email address or the password is wrong.');
  expect(error.errorDescription).toBe(error.description);
  expect(await page.evaluate(() => globalThis.lockTest.isError)).toBe(true);
  expect(await lock.told('signin submit')).toHaveLength(1);
  expect(await lock.told('signup error')).toEqual([]);
});

test('a sign-up that fails is a `signup error`', async ({ latchlet }) => {
  latchlet.proxy.spoil('/dbconnections/signup', {
    answer: { status: 400, body: JSON.stringify({ code: 'invalid_signup', description: 'Invalid sign up' }) },
  });
  await lock.opener.click();
  await lock.begin();
  await lock.box.fill({ email: newEmail() });
  await lock.box.submit.click();
  expect((await lock.hears('signup error'))[0]).toMatchObject({ code: 'invalid_signup', screen: 'signUp' });
  expect(await lock.told('authorization_error')).toEqual([]);
});

test('once, off, removeListener and removeAllListeners; one that throws stops no other', async ({ page, watched }) => {
  watched.allow(/a listener of the page/);
  const heard = await page.evaluate(() => {
    const one = new globalThis.lockTest.Latchlet('client', 'example.com', { container: 'place', auth: { autoParseHash: false } });
    const calls = [];
    const gone = () => calls.push('gone');
    const again = () => calls.push('again');
    one.on('show', () => { throw new Error('a listener of the page'); })
      .once('show', () => calls.push('once'))
      .once('show', gone).off('show', gone)
      .on('show', gone).removeListener('show', gone)
      .on('show', again);
    one.show();
    one.hide();
    one.show();
    one.hide();
    one.removeAllListeners('show');
    one.show();
    one.destroy();
    return calls;
  });
  expect(heard).toEqual(['once', 'again', 'again']);
});

test('an unknown event throws with the nearest name; Lock\'s gone ones do not', async ({ page }) => {
  const said = await page.evaluate(() => ['authenticate', 'signup_ready', 'singin submit', 'hash parsed', 'sso login'].map((name) => {
    try {
      globalThis.lockTest.lock.on(name, () => undefined);
      return 'fine';
    } catch (error) {
      return `${error.name}: ${error.message}`;
    }
  }));
  const unknown = (name, other) => `TypeError: Latchlet: there is no event “${name}”. Did you mean “${other}”?`;
  expect(said).toEqual([
    unknown('authenticate', 'authenticated'),
    unknown('signup_ready', 'signup ready'),
    unknown('singin submit', 'signin submit'),
    unknown('hash parsed', 'hash_parsed'),
    'fine',
  ]);
});

test('getUserInfo with a real token, by promise and by callback; a wrong token rejects', async ({ page }) => {
  const { accessToken, idTokenPayload } = await logIn();
  const [promised, called, old, refused] = await page.evaluate(async (token) => {
    const { lock: it } = globalThis.lockTest;
    const byCallback = (method) => new Promise((resolve) => {
      it[method](token, (error, profile) => resolve({ error, profile }));
    });
    return [
      await it.getUserInfo(token),
      await byCallback('getUserInfo'),
      await byCallback('getProfile'),
      await it.getUserInfo('wrong').then(() => 'accepted', (error) => error.name),
    ];
  }, accessToken);
  expect(promised).toMatchObject({ sub: idTokenPayload.sub, email: idTokenPayload.email });
  expect(called).toEqual({ error: null, profile: promised });
  expect(old).toEqual(called);
  expect(refused).toBe('LatchletError');
});

test('checkSession finds the session after a login, and tells when there is none', async ({ page }) => {
  const none = await page.evaluate(() => globalThis.lockTest.lock.checkSession({}).catch(({ code, error }) => [code, error]));
  expect(none).toEqual(['login_required', 'login_required']);
  const { idTokenPayload } = await logIn();
  const [promised, called] = await page.evaluate(async () => {
    const { lock: it } = globalThis.lockTest;
    return [
      await it.checkSession(),
      await new Promise((resolve) => { it.checkSession({}, (error, result) => resolve({ error, result })); }),
    ];
  });
  expect(promised.idTokenPayload.sub).toBe(idTokenPayload.sub);
  expect(called.error).toBeNull();
  expect(called.result.idTokenPayload.sub).toBe(idTokenPayload.sub);
  await expect(page.locator('iframe')).toHaveCount(0);
});

test('logout ends the session and comes back to returnTo', async ({ page }) => {
  await logIn();
  await Promise.all([
    page.waitForURL(`${lock.address}?`.slice(0, -1)),
    page.waitForRequest(/\/v2\/logout\?/),
    page.evaluate((returnTo) => { globalThis.lockTest.lock.logout({ returnTo }); }, lock.address),
  ]);
  await lock.ready();
  const code = await page.evaluate(() => globalThis.lockTest.lock.checkSession().catch((error) => error.code));
  expect(code).toBe('login_required');
});

test('resumeAuth finishes a login that autoParseHash left alone', async ({ page, host }) => {
  host.options.auth = { ...host.options.auth, autoParseHash: false };
  await lock.open();
  await lock.opener.click();
  await lock.begin();
  await lock.box.fill({ email: newEmail() });
  await lock.box.submit.click();
  await page.waitForURL(/code=/);
  await lock.ready();
  await page.waitForTimeout(300);
  expect(await lock.told('authenticated')).toEqual([]);
  const [promised, again] = await page.evaluate(async () => {
    const { search } = location;
    history.replaceState(null, '', location.pathname);
    const { lock: it } = globalThis.lockTest;
    return [await it.resumeAuth(search), await new Promise((resolve) => { it.resumeAuth(search, (error) => resolve(error.code)); })];
  });
  expect(promised.idTokenPayload.aud).toBe('latchlet-demo');
  expect(again).toBe('login_expired');
});

test('wrong options are an `unrecoverable_error` with every problem, and never throw', async ({ page, watched }) => {
  watched.allow(/Latchlet/);
  await page.evaluate(() => globalThis.lockTest.lock.show({ additionalSignupFields: [], auth: { redirect: false } }));
  const [error] = await lock.hears('unrecoverable_error');
  expect(error.code).toBe('invalid_config');
  expect(error.problems).toContainEqual(expect.objectContaining({
    path: 'additionalSignupFields', code: 'unknown_option', suggestion: 'additionalSignUpFields',
  }));
  expect(error.problems).toContainEqual(expect.objectContaining({ path: 'auth.redirect', code: 'invalid_value' }));
});

test('a login from a page that logged in before: the password is never in an event', async ({ page }) => {
  const email = newEmail();
  await logIn(email);
  await page.evaluate(() => globalThis.lockTest.lock.show({ initialScreen: 'login' }));
  await lock.begin();
  await lock.box.signIn({ email });
  await lock.hears('authenticated');
  const events = JSON.stringify(await page.evaluate(() => globalThis.lockTest.events));
  expect(events).not.toContain(passwords.good);
});
