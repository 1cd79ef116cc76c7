// `<latchlet-box>` on pages that are hard on their guests.

import { expectAccessible } from './harness/axe.mjs';
import { passwords } from './harness/box.mjs';
import { ElementPage, inline, optionsFor } from './harness/element.mjs';
import { expect, newEmail, test } from './harness/test.mjs';

/** @type {ElementPage} */
let tag;

test.beforeEach(({ page, host }) => {
  tag = new ElementPage(page, host);
});

async function signsUp() {
  await tag.box.fill({ email: newEmail(), company: 'Example Ltd' });
  await tag.box.submit.click();
  await expect(tag.box.heading('You are logged in')).toBeVisible();
}

/** What scripts of other people have done to a page before ours comes. */
const pollutions = {
  'prototypes that grew': () => {
    for (const prototype of [Object, Array, String, Function, Promise]) {
      prototype.prototype.polluted = 'everywhere';
      prototype.prototype.each = () => { throw new Error('each'); };
    }
    Array.prototype.toJSON = () => { throw new Error('toJSON'); };
  },
  'options that nobody gave': () => {
    Object.assign(Object.prototype, { clientId: 'nobody', mode: 'profile', additionalSignupFields: [], bubbles: false, path: 'x', code: 'x' });
  },
  'a fetch of the page’s own': () => {
    const { fetch } = globalThis;
    globalThis.fetch = async (...given) => {
      const { body, status, headers } = await fetch(...given);
      return new Response(body, { status, headers });
    };
  },
  'methods of its own': () => {
    const taken = () => { throw new Error('taken'); };
    Object.assign(Array.prototype, { flat: taken, first: taken, last: taken, remove: taken });
    Object.assign(String.prototype, { replaceAll: taken, strip: taken });
    Object.assign(Element.prototype, { show: taken, hide: taken, update: taken });
    delete Crypto.prototype.randomUUID;
    delete globalThis.requestIdleCallback;
  },
};

const isolations = ['light', 'shadow'];

for (const [name, pollution] of Object.entries(pollutions)) {
  for (const isolation of isolations) {
    test(`${name}: somebody signs up all the same, isolation=${isolation}`, async ({ page, latchlet }) => {
      expect(latchlet.origin).toBe(tag.host.connectTo);
      await page.addInitScript(pollution);
      await tag.openBox({}, { attributes: `isolation="${isolation}"` });
      await signsUp();
    });
  }
}

for (const isolation of isolations) test(`names and ids that hide what the document has, isolation=${isolation}`, async ({ page, latchlet }) => {
  expect(latchlet.origin).toBe(tag.host.connectTo);
  const names = ['currentScript', 'head', 'body', 'forms', 'images', 'cookie', 'location', 'activeElement', 'readyState', 'baseURI'];
  const imposters = names.map((name) => `<img name="${name}" alt=""><form name="${name}" id="${name}"></form>`).join('');
  const ids = ['latchlet', 'box', 'email', 'password', 'fetch', 'self', 'WebAssembly', 'customElements']
    .map((id) => `<a id="${id}"></a>`).join('');
  const options = await optionsFor(tag.host);
  await tag.open(`${imposters}${ids}<latchlet-box isolation="${isolation}">${inline(options)}</latchlet-box>`);
  await expect(tag.box.email).toBeVisible();
  await expectAccessible(page, 'latchlet-box');
  await signsUp();
});

test('a thousand mounts leave nothing behind', async ({ page, host }) => {
  test.setTimeout(120_000);
  const options = await optionsFor(host, { language: 'en' });
  // The memory of the module, which never gets smaller.
  await page.addInitScript(() => {
    const { instantiate } = WebAssembly;
    WebAssembly.instantiate = async (...given) => {
      const made = await instantiate(...given);
      globalThis.memory = (made.instance ?? made).exports.memory;
      return made;
    };
  });
  await tag.open('<div id="place"></div>');
  await page.evaluate(() => customElements.whenDefined('latchlet-box').then(() => undefined));
  const protocol = await page.context().newCDPSession(page);
  const turns = async (times, isolation) => {
    await page.evaluate(async ([given, most, how]) => {
      const place = document.querySelector('#place');
      for (let turn = 0; turn < most; turn += 1) {
        const box = document.createElement('latchlet-box');
        Object.assign(box, { isolation: how, options: given });
        place.append(box);
        await box.ready;
        box.remove();
        // Timers of the box hold it for a moment: they have to have their turn.
        await new Promise((resolve) => { setTimeout(resolve); });
      }
      await new Promise((resolve) => { setTimeout(resolve, 300); });
    }, [options, times, isolation]);
    await protocol.send('HeapProfiler.collectGarbage');
    const { nodes, jsEventListeners } = await protocol.send('Memory.getDOMCounters');
    const { usedSize } = await protocol.send('Runtime.getHeapUsage');
    const wasm = await page.evaluate(() => globalThis.memory.buffer.byteLength);
    return { nodes, jsEventListeners, heap: usedSize, wasm };
  };
  for (const isolation of ['auto', 'shadow']) {
    // As many as there ever are at once.
    await turns(100, isolation);
    const before = await turns(1, isolation);
    const after = await turns(500, isolation);
    // One box has about a hundred nodes: a leak of one in ten would show.
    expect(after.nodes - before.nodes).toBeLessThan(200);
    expect(after.jsEventListeners - before.jsEventListeners).toBeLessThan(50);
    // A box that stayed would be tens of kilobytes, each time.
    expect(after.heap - before.heap).toBeLessThan(500 * 2048);
    expect(after.wasm - before.wasm).toBeLessThan(500 * 512);
  }
  expect(await page.evaluate(() => document.adoptedStyleSheets.length)).toBeLessThan(4);
});

test('fifty boxes on a page, each for itself', async ({ page, host }) => {
  const options = await optionsFor(host);
  await tag.open(`<latchlet-box>${inline(options)}</latchlet-box>`.repeat(50));
  await expect(tag.box.root).toHaveCount(50);
  await tag.box.email.nth(17).fill('seventeen@example.com');
  const values = await page.locator('input[type="email"]').evaluateAll((nodes) => nodes.map(({ value }) => value).filter(Boolean));
  expect(values).toEqual(['seventeen@example.com']);
});

test('a framework that takes it out and puts it in again at each change', async ({ page }) => {
  await tag.openBox();
  await tag.box.fill({ email: 'ada@example.com' });
  await page.evaluate(async () => {
    const box = document.querySelector('latchlet-box');
    for (let turn = 0; turn < 20; turn += 1) {
      const parent = document.createElement('div');
      document.querySelector('main').append(parent);
      parent.append(box);
      await new Promise((resolve) => { setTimeout(resolve); });
    }
  });
  await expect(tag.box.password).toHaveValue(passwords.good);
});
