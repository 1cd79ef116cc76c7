// What is left of a form whose code has stopped: what was typed, to be read and
// copied, and nothing that does something.

/** A copy without listeners, which would call what has stopped. */
export function still(node: Element): Element {
  const copy = node.cloneNode(true) as Element;
  const [old, kept] = [node, copy].map((it) => it.querySelectorAll('input, select, textarea'));
  kept?.forEach((control, place) => hold(control, old?.[place]));
  // A shadow root is not copied along.
  const isolated = copy.querySelector('[part~="isolated"]');
  const root = node.querySelector('[part~="isolated"]')?.shadowRoot;
  if (root) isolated?.append(...[...root.children].map(still));
  for (const gone of copy.querySelectorAll('button, [role="status"], [role="alert"]')) gone.remove();
  return copy;
}

function hold(control: Element, old: Element | undefined): void {
  if (control instanceof HTMLSelectElement && old instanceof HTMLSelectElement) {
    control.selectedIndex = old.selectedIndex;
    control.disabled = true;
  } else if (control instanceof HTMLTextAreaElement && old instanceof HTMLTextAreaElement) {
    control.value = old.value;
    control.readOnly = true;
  } else if (control instanceof HTMLInputElement && old instanceof HTMLInputElement) {
    const isSecret = old.type === 'password' || old.autocomplete.includes('password');
    control.value = isSecret ? '' : old.value;
    control.checked = old.checked;
    control.readOnly = true;
    control.disabled = ['checkbox', 'radio'].includes(control.type);
  }
}
