// Pages with `<latchlet-box>`, as websites write them.

import { Box } from './box.mjs';
import { boxOptions, expect } from './test.mjs';

/** A page with some HTML in it, and what it is told in `globalThis.told`. */
export function html(body, { head = '', script = '<script type="module" src="/latchlet/box.js"></script>' } = {}) {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page with a tag</title>
    <link rel="stylesheet" href="/page.css">${head}<script src="/diary.js"></script>${script}</head>
    <body><main><h1>A website of somebody else</h1>${body}</main></body></html>`;
}

/** Inline, as a script of data. */
export const inline = (options) => `<script type="application/json">${JSON.stringify(options).replaceAll('<', '\\u003c')}</script>`;

/** The options of the tests' box on a page. */
export const optionsFor = async (host, more = {}) => ({ ...await boxOptions(), domain: host.connectTo || host.origin, ...more });

export class ElementPage {
  constructor(page, host) {
    Object.assign(this, { page, host, element: page.locator('latchlet-box') });
    this.box = new Box(page);
  }

  /** Opens a page with this in it. */
  async open(body, more) {
    this.host.pages['/'] = html(body, more);
    await this.page.goto(this.host.origin);
  }

  /** Opens a page with a box that has the options of the tests, and maybe others. */
  async openBox(more = {}, { attributes = '', ...rest } = {}) {
    const options = await optionsFor(this.host, more);
    await this.open(`<latchlet-box ${attributes}>${inline(options)}<a href="/hosted">Log in here</a></latchlet-box>`, rest);
    return options;
  }

  async ready() {
    await this.element.first().evaluate((element) => customElements.whenDefined('latchlet-box').then(() => element.ready).then(() => undefined));
  }

  /** What the page was told, by name. */
  told(name) {
    return this.page.evaluate((wanted) => globalThis.told.filter((event) => event.name === wanted), `latchlet:${name}`);
  }

  async hears(name) {
    await expect.poll(async () => (await this.told(name)).length, { message: name }).toBeGreaterThan(0);
    return (await this.told(name))[0];
  }
}
