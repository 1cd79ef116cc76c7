// The demo page: mounts the box, and shows what the auth server stored.

const byId = (id) => document.getElementById(id);
const host = byId('box');

// A form must never be sent by the browser itself, whatever becomes of the
// WebAssembly module: this listener does not depend on it.
host.addEventListener('submit', (event) => event.preventDefault(), true);

/** Why a question is asked or not, in words. */
const reasons = {
  due: () => 'asked at this login',
  open: () => 'asked at this login',
  required: () => 'asked at this login, and must be answered',
  requested: () => 'asked, since a part of the page asks for it',
  known: ({ source }) => (source === 'user' ? 'not asked: you said so' : `not asked: known by the ${source}`),
  declined: () => 'not asked: you said no',
  on_demand: () => 'not asked: it waits until a part of the page asks',
  waits_for_login: ({ login }) => `not asked: it waits for login ${login}`,
  waits_for_time: ({ at }) => `not asked before ${day(at)}`,
  cool_down: ({ at }) => `not asked: no prompt follows another before ${day(at)}`,
  rest: ({ at }) => `not asked: no prompts before ${day(at)}`,
  asked_at_this_login: () => 'not asked: something was asked at this login already',
  no_room: () => 'not asked: other questions come first',
};

const day = (seconds) => new Date(seconds * 1000).toLocaleString();

let asks;
let handle;
let session;

host.addEventListener('latchlet:authenticated', ({ detail }) => {
  session = detail;
  refresh();
});
for (const name of ['shown', 'answered', 'skipped', 'snoozed']) {
  host.addEventListener(`latchlet:profile${name}`, () => refresh());
}

/** Reads the profile again, with the access token of the person. */
async function refresh() {
  const id = encodeURIComponent(session.idTokenPayload.sub);
  try {
    const [reply, plan] = await Promise.all([
      fetch(`/api/v2/users/${id}`, { headers: { authorization: `Bearer ${session.accessToken}` } }),
      asks ? handle.explain() : { reasons: {} },
    ]);
    if (!reply.ok) throw new Error(`the server answered ${reply.status}`);
    show(await reply.json(), plan);
  } catch (error) {
    byId('record-empty').textContent = `Your profile could not be read: ${error.message}. Reload the page and log in again.`;
  }
}

byId('again').addEventListener('click', () => location.assign('/demo'));

function show(profile, plan) {
  const shown = ['user_id', 'email', 'username', 'name', 'given_name', 'family_name', 'nickname', 'created_at', 'logins_count'];
  const { latchlet: history, ...answers } = profile.user_metadata ?? {};
  fill(byId('user'), Object.entries(profile).filter(([name]) => shown.includes(name)));
  fill(byId('metadata'), Object.keys(answers).length > 0 ? Object.entries(answers) : [['', 'nothing yet']]);
  fill(byId('reasons'), Object.entries(plan.reasons).map(([name, reason]) => [name, reasons[reason.code]?.(reason) ?? reason.code]));
  byId('history').textContent = history ? JSON.stringify(history, null, 1) : 'nothing yet';
  byId('said').textContent = 'Your stored profile is on this page now.';
  document.querySelector('main').classList.add('known');
  byId('record-empty').hidden = true;
  byId('record').hidden = false;
}

function fill(list, entries) {
  list.replaceChildren(
    ...entries.flatMap(([name, value]) => {
      const term = document.createElement('dt');
      term.textContent = name;
      const text = document.createElement('dd');
      text.textContent = typeof value === 'string' ? value : JSON.stringify(value);
      return [term, text];
    }),
  );
}

try {
  const [config, { default: init, mount }] = await Promise.all([
    fetch('/latchlet/config.json').then((reply) => reply.json()),
    import('./latchlet.js'),
  ]);
  await init();
  const auth = { ...config.auth, audience: `${location.origin}/api/v2/` };
  asks = config.progressiveProfile !== undefined;
  handle = mount(host, { ...config, domain: location.origin, auth });
} catch (error) {
  byId('loading').textContent = 'The form could not be loaded. Reload the page to try again.';
  console.error(error);
}
