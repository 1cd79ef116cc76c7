// What every candidate is asked for, as far as it can: a sign-up of six fields.

export const fields = [
  { name: 'name', label: 'Full name' },
  { name: 'company', label: 'Company', required: false },
  { name: 'team_size', label: 'Team size', type: 'select', options: [{ value: '1', label: 'Just me' }, { value: '2-10', label: '2 to 10 people' }, { value: '11+', label: 'More' }] },
  { name: 'newsletter', label: 'Send me product news', type: 'checkbox' },
];

/** Has the page say how it puts a box into an element, and what takes it away; then puts one there. */
export function candidate(mount) {
  globalThis.mountCandidate = mount;
  globalThis.unmountCandidate = mount(document.querySelector('#place'));
}
