// The page that had Lock, and the box on it.

import { Box } from './box.mjs';
import { expect } from './test.mjs';

export class LockPage {
  constructor(page, host) {
    this.page = page;
    this.address = `${host.origin}/lock.html`;
    this.dialog = page.getByRole('dialog');
    this.opener = page.getByRole('button', { name: 'Log in', exact: true }).and(page.locator('#opener'));
    this.close = this.dialog.getByRole('button', { name: 'Close', exact: true });
    this.box = new Box(page, page.locator('[part~="box"]'));
  }

  async open() {
    await this.page.goto(this.address);
    await this.ready();
  }

  /** Waits until the modal has given focus to its first field. */
  async begin() {
    await expect(this.dialog.locator('input:focus')).toHaveCount(1);
  }

  /** Whoever comes back from a login finds the page's script done, too. */
  async ready() {
    await expect(this.page.locator('html')).toHaveAttribute('data-ready', '');
  }

  /** What the page was told, by name. */
  async told(name) {
    // A page that a login comes back to has to load first.
    const events = await this.page.evaluate(() => globalThis.lockTest?.events ?? []).catch((error) => {
      if (/context was destroyed/.test(error.message)) return [];
      throw error;
    });
    return events.filter((event) => event.name === name).map(({ args }) => args);
  }

  /** Waits until the page was told something so many times. */
  async hears(name, times = 1) {
    await expect.poll(async () => (await this.told(name)).length, { message: name }).toBeGreaterThanOrEqual(times);
    return (await this.told(name))[times - 1];
  }
}
