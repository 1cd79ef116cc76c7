// A form with a field of every kind, what is typed there, and what is stored
// of it.

import { Box } from './box.mjs';
import { expect } from './test.mjs';

const options = [{ value: 'r', label: 'Red' }, { value: 'g', label: 'Green' }, { value: 'b', label: 'Blue' }];
export const fields = [
  { name: 'motto', label: { en: 'Motto', de: 'Wahlspruch' } },
  { name: 'about', type: 'textarea', label: 'About you' },
  { name: 'second', type: 'email', label: 'Second email' },
  { name: 'phone', type: 'tel', label: 'Phone' },
  { name: 'website', type: 'url', label: 'Website' },
  { name: 'seats', type: 'number', label: 'Seats' },
  { name: 'birthday', type: 'date', label: 'Birthday' },
  { name: 'colour', type: 'select', label: 'Colour', options },
  { name: 'shade', type: 'radio', label: 'Shade', options },
  { name: 'parts', type: 'checkboxes', label: 'Parts', options },
  { name: 'engine', type: 'combobox', label: 'Engine', options },
  { name: 'where', type: 'country', label: 'Country' },
  { name: 'news', type: 'checkbox', label: 'Send me news' },
  { name: 'privacy', type: 'consent', label: 'I agree to the privacy policy', version: '3' },
  { name: 'pet', type: 'password', label: 'First pet', required: false },
];
export const typed = {
  motto: 'x<y & "日本"', about: 'two\nlines', second: 'ada@example.org', phone: '0044 (20) 7946-0018',
  website: 'example.com/ada', seats: '12,5', birthday: '1815-12-10',
};
export const stored = {
  motto: 'x<y & "日本"', about: 'two\nlines', second: 'ada@example.org', phone: '+442079460018',
  website: 'example.com/ada', seats: '12.5', birthday: '1815-12-10', colour: 'g', shade: 'b', parts: ['r', 'b'],
  engine: 'g', where: 'JP', news: 'true', privacy: '3',
};

/** A form with every kind of field. Other languages have other labels, so that fields are found by name. */
export class Form extends Box {
  at(name, value) {
    return this.root.locator(`[name="latchlet-${name}"]${value ? `[value="${value}"]` : ''}`);
  }

  /** Goes on to a step, which takes focus, and with it the page to its top. */
  async goOn(title) {
    await this.root.getByRole('button', { name: 'Continue', exact: true }).click();
    await expect(this.root.getByRole('heading', { name: title })).toBeFocused();
  }

  async fillKinds() {
    for (const [name, text] of Object.entries(typed)) await this.at(name).fill(text);
    await this.at('colour').selectOption('g');
    await this.at('shade', 'b').check();
    for (const part of ['r', 'b']) await this.at('parts', part).check();
    await this.at('engine').fill('gre');
    await this.at('engine').press('ArrowDown');
    await this.at('engine').press('Enter');
    await this.at('where').selectOption('JP');
    await this.at('news').check();
    await this.at('privacy').check();
  }

  async expectKinds() {
    for (const [name, text] of Object.entries(typed)) await expect(this.at(name), name).toHaveValue(text);
    await expect(this.at('colour')).toHaveValue('g');
    await expect(this.at('shade', 'b')).toBeChecked();
    for (const [part, ticked] of [['r', true], ['g', false], ['b', true]]) {
      await expect(this.at('parts', part)).toBeChecked({ checked: ticked });
    }
    await expect(this.at('engine')).toHaveValue('Green');
    await expect(this.at('where')).toHaveValue('JP');
    await expect(this.at('news')).toBeChecked();
    await expect(this.at('privacy')).toBeChecked();
  }

  async expectNothing() {
    await expect(this.email).toHaveValue('');
    await expect(this.at('motto')).toHaveValue('');
    await expect(this.at('news')).not.toBeChecked();
  }
}

/** All that the browser has stored for the page. */
export const storage = (page) => page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }]));
export const empty = '[{},{}]';
