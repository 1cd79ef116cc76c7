// Questions after the login, by what a person sees and hears.

import { expect } from './test.mjs';

export class Prompt {
  constructor(page) {
    this.page = page;
    this.root = page.locator('[part~="box"]');
    this.title = this.root.getByRole('heading', { name: /quick question/ });
    this.company = this.root.getByLabel('Company name (optional)');
    this.job = this.root.getByLabel('Job title (optional)');
    this.save = this.button(/^(Save|Saving…)$/);
    this.skip = this.button('Skip for now');
    this.later = this.button('Remind me later');
    this.status = this.root.getByRole('status');
    this.alert = this.root.getByRole('alert');
  }

  button(name) {
    return this.root.getByRole('button', { name, exact: true });
  }

  async opens() {
    await expect(this.title).toBeVisible();
  }

  async isOver() {
    await expect(this.title).toHaveCount(0);
  }

  /** What the page was told so far under a name. */
  told(name) {
    return this.page.evaluate((wanted) =>
      globalThis.latchletTest.events.filter((event) => event.name === wanted).map(({ detail }) => detail), name);
  }
}

/** The questions of most tests. */
export const questions = {
  fields: [
    { name: 'company_name', label: 'Company name', autocomplete: 'organization', rules: { maxLength: 100 }, purpose: 'So that invoices carry the right name.' },
    { name: 'job_title', label: 'Job title', purpose: 'So that we show what people in your role use.' },
  ],
  save: 'latchlet',
};
