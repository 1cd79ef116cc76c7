// The demo page: mounts the box, and shows what the auth server stored.

const byId = (id) => document.getElementById(id);
const host = byId('box');

// A form must never be sent by the browser itself, whatever becomes of the
// WebAssembly module: this listener does not depend on it.
host.addEventListener('submit', (event) => event.preventDefault(), true);

host.addEventListener('latchlet:authenticated', async ({ detail }) => {
  const id = encodeURIComponent(detail.idTokenPayload.sub);
  try {
    const reply = await fetch(`/api/v2/users/${id}`, {
      headers: { authorization: `Bearer ${detail.accessToken}` },
    });
    if (!reply.ok) throw new Error(`the server answered ${reply.status}`);
    show(await reply.json());
  } catch (error) {
    byId('record-empty').textContent = `Your profile could not be read: ${error.message}. Reload the page and log in again.`;
  }
});

byId('again').addEventListener('click', () => location.assign('/demo'));

function show(profile) {
  const shown = ['user_id', 'email', 'username', 'name', 'given_name', 'family_name', 'nickname', 'created_at', 'logins_count'];
  fill(byId('user'), Object.entries(profile).filter(([name]) => shown.includes(name)));
  fill(byId('metadata'), Object.entries(profile.user_metadata ?? {}));
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
  mount(host, { ...config, domain: location.origin, auth });
} catch (error) {
  byId('loading').textContent = 'The form could not be loaded. Reload the page to try again.';
  console.error(error);
}
