// Two hundred fields on one form: a key does work for its own field alone.

import { boxOptions, expect, test } from './harness/test.mjs';

const fields = Array.from({ length: 200 }, (_, place) => ({ name: `field${place}`, label: `Field ${place}`, required: false }));

test('a key reads and changes no other field', async ({ page, host }) => {
  host.options = { ...await boxOptions(), domain: host.origin, additionalSignUpFields: fields };
  await page.goto(host.origin);
  const field = page.getByLabel('Field 100 (optional)', { exact: true });
  await expect(page.getByLabel('Field 199 (optional)', { exact: true })).toBeVisible();
  await field.focus();
  await page.evaluate(() => {
    const { get, set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value');
    globalThis.read = new Set();
    Object.defineProperty(HTMLInputElement.prototype, 'value', {
      get() { globalThis.read.add(this.name); return get.call(this); },
      set,
      configurable: true,
    });
    globalThis.changed = new Set();
    new MutationObserver((mutations) => mutations.forEach(({ target }) => {
      const place = target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement;
      globalThis.changed.add(place.closest('[part~=field]')?.querySelector('input')?.name ?? place.getAttribute('part') ?? place.tagName);
    })).observe(document.querySelector('#box'), { subtree: true, childList: true, attributes: true, characterData: true });
  });
  await page.keyboard.type('abc');
  await page.keyboard.press('Backspace');
  const seen = await page.evaluate(() => ({ read: [...globalThis.read], changed: [...globalThis.changed] }));
  const own = await field.getAttribute('name');
  expect(seen.read).toEqual([own]);
  expect(seen.changed.filter((name) => name !== own)).toEqual([]);
  await expect(field).toHaveValue('ab');
});
