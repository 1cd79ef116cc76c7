// What a page is told by its boxes, from before any of them is there.

globalThis.told = [];
for (const name of [
  'authenticated', 'beforesubmit', 'config-error', 'error', 'fatal', 'federated', 'fielderror', 'screen', 'signup', 'submit',
  'profileanswered', 'profileshown', 'profileskipped', 'profilesnoozed',
]) {
  document.addEventListener(`latchlet:${name}`, (event) => {
    const { code, message } = Object(event.detail);
    const detail = event.detail instanceof Error ? { code, message } : event.detail;
    globalThis.told.push({ name: event.type, detail, target: event.target.localName, composed: event.composed });
  });
}
