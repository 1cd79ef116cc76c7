// The box, by what a person sees and hears: roles, labels, words.

export class Box {
  constructor(page, root = page.locator('[part="box"]')) {
    this.page = page;
    this.root = root;
    this.email = root.getByLabel('Email address', { exact: true });
    this.password = root.getByLabel('Password', { exact: true });
    this.name = root.getByLabel('Full name', { exact: true });
    this.company = root.getByLabel('Company (optional)', { exact: true });
    this.teamSize = root.getByLabel('Team size', { exact: true });
    this.newsletter = root.getByRole('checkbox', { name: /^Send me product news/ });
    this.summary = root.getByRole('group', { name: /problem/ });
    this.alert = root.getByRole('alert');
    this.status = root.getByRole('status');
    // While a request is under way the button says so.
    this.submit = root.locator('form').getByRole('button', { name: /^(Sign up|Log in|Creating|Logging)/ });
  }

  /** The sentence under a control that is in error. */
  errorOf(control) {
    return control.locator('xpath=ancestor::*[@part="field"]').locator('[part="error"]');
  }

  heading(name) {
    return this.root.getByRole('heading', { name, exact: true });
  }

  /** Fills the sign-up form of the demo, and does not send it. */
  async fill({ email, password = passwords.good, name = 'Ada Lovelace', company = '', teamSize = '1' }) {
    await this.email.fill(email);
    await this.password.fill(password);
    await this.name.fill(name);
    await this.company.fill(company);
    await this.teamSize.selectOption(teamSize);
  }

  async signIn({ email, password = passwords.good }) {
    await this.email.fill(email);
    await this.password.fill(password);
    await this.submit.click();
  }
}

export const passwords = { good: 'correct horse battery staple', weak: 'short' };
