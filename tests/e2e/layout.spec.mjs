// Where fields stand: their order, groups, columns and steps.

import { expectAccessible } from './harness/axe.mjs';
import { Box, passwords } from './harness/box.mjs';
import { storedProfile } from './harness/profile.mjs';
import { boxOptions, expect, newEmail, picture, test } from './harness/test.mjs';

const fields = [
  { name: 'first', label: 'First name' },
  { name: 'last', label: 'Last name' },
  { name: 'company', label: 'Company' },
  { name: 'role', label: 'Role', required: false },
];
const steps = [
  { step: 'Your account', fields: ['email', 'password'] },
  { step: 'About you', fields: [{ heading: 'Your name', columns: 2, fields: ['first', 'last'] }] },
  { step: 'Your work', fields: ['company', 'role'] },
];

/** The labels of the form, from top to bottom. */
const labels = (box) => box.root.locator('form label').evaluateAll((all) => all
  .map((label) => [label.getBoundingClientRect().top, label.textContent])
  .sort(([a], [b]) => a - b)
  .map(([, text]) => text));

test.describe('on one page', () => {
  test.beforeEach(async ({ host }) => {
    host.options = { ...await boxOptions(), domain: host.origin, additionalSignUpFields: fields };
  });

  test('fields stand before the address, and between it and the password', async ({ page, host }) => {
    host.options.layout = ['company', 'email', 'role', 'password'];
    await page.goto(host.origin);
    const box = new Box(page);
    await expect(box.email).toBeVisible();
    const order = ['Company', 'Email address', 'Role (optional)', 'Password', 'First name', 'Last name'];
    expect(await labels(box)).toEqual(order);
    await box.submit.click();
    await expect(box.summary.getByRole('link')).toHaveText([
      'Company is required', 'Enter your email address', 'Enter a password', 'First name is required', 'Last name is required',
    ]);
  });

  test('a group has a heading, and is named by it', async ({ page, host }) => {
    host.options.layout = [{ heading: 'Your <b>name</b>', fields: ['first', 'last'] }, 'email', { heading: 'Work', fields: ['company', 'role'] }];
    await page.goto(host.origin);
    const box = new Box(page);
    const group = box.root.getByRole('group', { name: 'Your <b>name</b>' });
    await expect(group.getByRole('heading', { level: 3 })).toHaveText('Your <b>name</b>');
    await expect(group.getByRole('textbox')).toHaveCount(2);
    await expect(box.root.getByRole('group', { name: 'Work' }).getByLabel('Company')).toBeVisible();
    await expectAccessible(page);
    await picture(page, 'layout-groups');
  });

  test('a label or a help of two lines moves the control beside it as well', async ({ page, host }) => {
    host.options.additionalSignUpFields = [
      { name: 'phone', label: 'Telephone number by day, with the code of the country' },
      { name: 'city', label: 'City' },
      { name: 'street', label: 'Street', hint: 'Where the parcel goes, with the number of the house', rules: { maxLength: 3 } },
      { name: 'floor', label: 'Floor' },
      { name: 'size', type: 'radio', label: 'Size', options: ['Small', 'Medium', 'Large', 'Larger still'] },
      { name: 'note', type: 'textarea', label: 'Note' },
      { name: 'door', type: 'select', label: 'Door', options: ['left', 'right'], required: false },
      { name: 'news', type: 'checkbox', label: 'Send me news' },
    ];
    const names = host.options.additionalSignUpFields.map(({ name }) => name);
    host.options.layout = ['email', 'password', { heading: 'Delivery', columns: 2, fields: names }];
    await page.setViewportSize({ width: 560, height: 900 });
    await page.goto(host.origin);
    const box = new Box(page);
    const edge = async (name, part = 'control') => {
      const field = box.root.locator('[part="field"]').filter({ has: page.locator(`[name="latchlet-${name}"]`) });
      const { y, height } = await field.locator(`[part="${part}"]`).first().boundingBox();
      return { top: y, bottom: y + height };
    };
    const expectAligned = async () => {
      expect((await edge('city')).top).toBeCloseTo((await edge('phone')).top, 0);
      expect((await edge('floor')).top).toBeCloseTo((await edge('street')).top, 0);
      // A label stands at its own control, and what is tall moves none.
      for (const name of ['phone', 'city', 'floor', 'note']) {
        expect((await edge(name)).top - (await edge(name, 'label')).bottom).toBeCloseTo(6, 0);
      }
    };
    await expect(box.email).toBeVisible();
    await expectAligned();
    await picture(page, 'layout-aligned');
    await box.root.getByLabel('Street').fill('too long');
    await box.submit.click();
    await expect(box.summary).toBeFocused();
    await expectAligned();
    expect((await edge('street', 'error')).top).toBeGreaterThan((await edge('street')).bottom);
    expect((await edge('size', 'error')).top).toBeGreaterThan((await edge('size', 'choices')).bottom);
    await picture(page, 'layout-aligned-errors');
    await page.setViewportSize({ width: 320, height: 900 });
    for (const name of ['phone', 'city']) {
      expect((await edge(name)).top - (await edge(name, 'label')).bottom).toBeCloseTo(6, 0);
    }
    await picture(page, 'layout-aligned-320');
  });

  test('two columns where there is room, and one where there is none', async ({ page, host }) => {
    host.options.layout = ['email', 'password', { heading: 'Your name', columns: 2, fields: ['first', 'last', 'company', 'role'] }];
    await page.setViewportSize({ width: 560, height: 900 });
    await page.goto(host.origin);
    const box = new Box(page);
    const place = async (label) => box.root.getByLabel(label, { exact: true }).boundingBox();
    let [first, last, company] = [await place('First name'), await place('Last name'), await place('Company')];
    expect(last.y).toBe(first.y);
    expect(last.x).toBeGreaterThan(first.x + first.width);
    expect(company.y).toBeGreaterThan(first.y + first.height);
    await picture(page, 'layout-560');
    await box.submit.click();
    await expect(box.summary).toBeFocused();
    await expectAccessible(page);
    await picture(page, 'layout-560-errors');
    await page.setViewportSize({ width: 320, height: 900 });
    [first, last] = [await place('First name'), await place('Last name')];
    expect(last.x).toBe(first.x);
    expect(last.y).toBeGreaterThan(first.y + first.height);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    await picture(page, 'layout-320');
  });
});

/** A form in steps, and what is in them. */
class Steps extends Box {
  constructor(page) {
    super(page);
    this.next = this.root.getByRole('button', { name: 'Continue', exact: true });
    this.back = this.root.getByRole('button', { name: 'Back', exact: true });
    [this.first, this.last, this.company] = ['First name', 'Last name', 'Company']
      .map((label) => this.root.getByLabel(label, { exact: true }));
  }

  title(name) {
    return this.root.getByRole('heading', { name });
  }

  /** Waits until a step is shown and its heading has focus. */
  async arrive(number) {
    const { step } = steps[number - 1];
    await expect(this.title(`Step ${number} of 3 ${step}`)).toBeFocused();
    await expect(this.root.getByRole('group', { name: /^Step/ })).toHaveCount(1);
  }

  async account(email) {
    await this.email.fill(email);
    await this.password.fill(passwords.good);
    await this.next.click();
    await this.arrive(2);
  }

  async person() {
    await this.first.fill('Ada');
    await this.last.fill('Lovelace');
    await this.next.click();
    await this.arrive(3);
  }
}

test.describe('in steps', () => {
  test.use({ boxConfig: { additionalSignUpFields: fields, layout: steps } });

  for (const [look, dress] of Object.entries({
    light: async () => {},
    dark: (page) => page.emulateMedia({ colorScheme: 'dark' }),
    narrow: (page) => page.setViewportSize({ width: 320, height: 640 }),
    rtl: (page) => page.evaluate(() => { document.documentElement.dir = 'rtl'; }),
  })) {
    test(`each step is whole and accessible, ${look}`, async ({ page, host }) => {
      host.options = { ...await boxOptions(), domain: host.origin, additionalSignUpFields: fields, layout: steps };
      await page.goto(host.origin);
      const box = new Steps(page);
      await dress(page);
      await expect(box.email).toBeVisible();
      await expect(box.email, 'a page that opens keeps its focus').not.toBeFocused();
      await picture(page, `steps-1-${look}`);
      await expectAccessible(page);
      await box.account('ada@example.com');
      await picture(page, `steps-2-${look}`);
      await expectAccessible(page);
      await box.next.click();
      await expect(box.summary.getByRole('link')).toHaveText(['First name is required', 'Last name is required']);
      await expect(box.summary).toBeFocused();
      await picture(page, `steps-2-errors-${look}`);
      await expectAccessible(page);
      await box.person();
      await picture(page, `steps-3-${look}`);
      await expectAccessible(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)).toBe(true);
    });
  }

  test('one goes on and back, by the box and by the browser, and what was typed stays', async ({ page, latchlet, host }) => {
    const box = new Steps(page);
    const email = newEmail();
    await page.goto(host.origin);
    await expect(box.back).toBeHidden();
    await expect(box.next).toBeVisible();
    await box.next.click();
    await expect(box.summary.getByRole('link')).toHaveCount(2);
    await expect(box.email).toBeVisible();
    await box.account(email);
    await box.person();
    await expect(box.submit).toHaveText('Sign up');
    await box.back.click();
    await box.arrive(2);
    await expect(box.first).toHaveValue('Ada');
    await page.goBack();
    await box.arrive(1);
    await expect(box.email).toHaveValue(email);
    await expect(box.password).toHaveValue(passwords.good);
    await page.goForward();
    await box.arrive(2);
    await expect(box.last).toHaveValue('Lovelace');
    await page.goForward();
    await box.arrive(3);
    expect(page.url()).toBe(`${host.origin}/`);
    await box.company.fill('Engines');
    await box.company.press('Enter');
    expect(await storedProfile(page, latchlet)).toMatchObject({
      email, user_metadata: { first: 'Ada', last: 'Lovelace', company: 'Engines' },
    });
  });

  test('by keyboard alone, Enter goes on', async ({ page, latchlet, host }) => {
    const box = new Steps(page);
    await page.goto(host.origin);
    await box.email.focus();
    await page.keyboard.type(newEmail());
    await page.keyboard.press('Tab');
    await page.keyboard.type(passwords.good);
    await page.keyboard.press('Enter');
    await box.arrive(2);
    await page.keyboard.press('Tab');
    await expect(box.first).toBeFocused();
    await page.keyboard.type('Ada');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Lovelace');
    await page.keyboard.press('Enter');
    await box.arrive(3);
    await page.keyboard.press('Tab');
    await page.keyboard.type('Engines');
    await page.keyboard.press('Enter');
    expect((await storedProfile(page, latchlet)).user_metadata).toMatchObject({ company: 'Engines' });
  });

  test('what the browser\'s Forward skipped is judged before anything is sent', async ({ page, latchlet, host }) => {
    const box = new Steps(page);
    await page.goto(host.origin);
    await box.account(newEmail());
    await box.person();
    await box.company.fill('Engines');
    await box.back.click();
    await box.arrive(2);
    await box.first.fill('');
    await page.goForward();
    await box.arrive(3);
    await box.submit.click();
    await expect(box.summary).toBeFocused();
    await expect(box.summary.getByRole('link')).toHaveText(['First name is required']);
    await expect(box.first).toBeVisible();
    expect(latchlet.proxy.count('POST /dbconnections/signup')).toBe(0);
    await box.first.fill('Augusta');
    // The way on and back is that of somebody who had walked here.
    await box.next.click();
    await box.arrive(3);
    await box.back.click();
    await box.arrive(2);
    await box.back.click();
    await box.arrive(1);
  });

  test('Back while a request is under way stays where it is', async ({ page, latchlet, host }) => {
    const box = new Steps(page);
    await page.goto(host.origin);
    await box.account(newEmail());
    await box.person();
    await box.company.fill('Engines');
    latchlet.proxy.spoil('/dbconnections/signup', { delay: 1000, answer: { status: 500 } });
    await box.submit.click();
    await expect(box.submit).toHaveAttribute('aria-disabled', 'true');
    await page.evaluate(() => history.back());
    await expect(box.alert).not.toBeEmpty();
    await expect(box.company).toBeVisible();
    await box.back.click();
    await box.arrive(2);
  });

  test('after a reload the steps start anew, and Back does not lead forward', async ({ page, latchlet, host }) => {
    expect(host.options.domain).toBe(latchlet.origin);
    const box = new Steps(page);
    await page.goto(host.origin);
    await box.account('ada@example.com');
    await box.person();
    await page.reload();
    await expect(box.email).toBeVisible();
    await box.account('ada@example.com');
    await box.back.click();
    await box.arrive(1);
  });

  test.describe('where the server tells more', () => {
    test.use({ serverConfig: { tenant: { enable_public_signup_user_exists_error: true } } });

    test('an error of the server leads back to the step of its field', async ({ page, latchlet, host }) => {
      const box = new Steps(page);
      const email = newEmail();
      const fill = async (address) => {
        await box.account(address);
        await box.person();
        await box.company.fill('Engines');
        await box.submit.click();
      };
      await page.goto(host.origin);
      await fill(email);
      await storedProfile(page, latchlet);
      await page.goto(host.origin);
      await fill(email);
      await expect(box.summary).toBeFocused();
      await expect(box.email).toBeVisible();
      await expect(box.company).toBeHidden();
      await expect(box.errorOf(box.email)).toHaveText(/already an account/);
      await expectAccessible(page);
      await box.summary.getByRole('link').click();
      await expect(box.email).toBeFocused();
      const other = newEmail();
      await box.email.fill(other);
      await box.next.click();
      await box.arrive(2);
      await expect(box.first).toHaveValue('Ada');
      await box.next.click();
      await box.arrive(3);
      await box.submit.click();
      expect(await storedProfile(page, latchlet)).toMatchObject({ email: other });
    });
  });
});
