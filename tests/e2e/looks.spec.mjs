// Every state of the box as people see it and as axe sees it: light and dark,
// wide and narrow, left to right and right to left.

import { expectAccessible, violations } from './harness/axe.mjs';
import { Box } from './harness/box.mjs';
import { long } from './harness/environment.mjs';
import { boxOptions, expect, picture, test } from './harness/test.mjs';

test.beforeEach(async ({ host, page }) => {
  host.options = { ...await boxOptions(), domain: host.origin };
  await page.goto(host.origin);
  await expect(new Box(page).heading('Create your account')).toBeVisible();
});

/** How to bring the box into each state. */
const states = {
  'sign-up': async () => {},
  'sign-up-errors': async (box) => {
    await box.email.fill('ada@');
    await box.submit.click();
    await expect(box.summary).toBeFocused();
  },
  'sign-up-filled': async (box) => {
    await box.fill({ email: 'ada@example.com', company: 'I <3 cats & "x<y" 日本 <語>' });
    await box.root.getByRole('button', { name: 'Show password' }).click();
  },
  'sign-in': async (box) => {
    await box.root.getByRole('button', { name: 'Log in' }).click();
    await expect(box.heading('Welcome back')).toBeFocused();
  },
  'sign-in-errors': async (box) => {
    await box.root.getByRole('button', { name: 'Log in' }).click();
    await box.submit.click();
    await expect(box.summary).toBeFocused();
  },
};

/** How the page may look. The short run leaves out repetitions. */
const looks = {
  light: async () => {},
  dark: (page) => page.emulateMedia({ colorScheme: 'dark' }),
  narrow: (page) => page.setViewportSize({ width: 320, height: 640 }),
  rtl: (page) => page.evaluate(() => { document.documentElement.dir = 'rtl'; }),
  'forced-colors': (page) => page.emulateMedia({ forcedColors: 'active' }),
};

for (const [state, bring] of Object.entries(states)) {
  for (const [look, dress] of Object.entries(looks)) {
    if (!long && look !== 'light' && !['sign-up', 'sign-up-errors'].includes(state)) continue;
    test(`${state}, ${look}: axe finds nothing`, async ({ page }) => {
      const box = new Box(page);
      await dress(page);
      await bring(box);
      await picture(page, `${state}-${look}`);
      await expectAccessible(page);
    });
  }
}

test('axe does see the form: an input without a label is reported', async ({ page }) => {
  await expectAccessible(page);
  await page.evaluate(() => {
    document.querySelector('[part="box"] form').append(document.createElement('input'));
  });
  expect((await violations(page)).join('\n')).toMatch(/^label: /m);
});

test('axe does measure targets: a small one is reported', async ({ page }) => {
  await page.evaluate(() => {
    const close = document.createElement('div');
    for (const name of ['a', 'b']) {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = name;
      button.style.cssText = 'inline-size: 10px; block-size: 10px; padding: 0; border: 0';
      close.append(button);
    }
    document.querySelector('[part="box"] form').append(close);
  });
  expect((await violations(page)).join('\n')).toMatch(/^target-size: /m);
});

for (const [what, zoom] of [['320 px wide', {}], ['with 200 % text', { fontSize: '200%' }]]) {
  test(`nothing is cut off or scrolls sideways ${what}`, async ({ page }) => {
    const box = new Box(page);
    await page.setViewportSize({ width: 320, height: 256 });
    await page.evaluate((style) => Object.assign(document.documentElement.style, style), zoom);
    await box.submit.click();
    await expect(box.summary).toBeFocused();
    await expectWhole(page);
  });
}

test('wider spacing of text loses nothing', async ({ page }) => {
  const box = new Box(page);
  await page.setViewportSize({ width: 320, height: 640 });
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* {
      line-height: 1.5 !important; letter-spacing: 0.12em !important;
      word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }`);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  });
  await box.submit.click();
  await expectWhole(page);
});

test('every target is large enough for a thumb', async ({ page }) => {
  const box = new Box(page);
  await page.setViewportSize({ width: 320, height: 640 });
  for (const target of await box.root.locator('input, select, button').all()) {
    const { width, height } = await target.boundingBox();
    expect(Math.min(width, height), await target.evaluate((node) => node.outerHTML)).toBeGreaterThanOrEqual(24);
  }
  expect((await box.submit.boundingBox()).height).toBeGreaterThanOrEqual(44);
});

test('who wants no motion gets none', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  // A colour may fade; nothing may move, grow or blink.
  const moving = await page.locator('[part="box"] *').evaluateAll((nodes) => nodes.flatMap((node) => {
    const style = getComputedStyle(node);
    const properties = style.transitionProperty.split(', ');
    const moves = properties.some((name) => !/color|none|shadow/.test(name))
      && style.transitionDuration.split(', ').some((time) => Number.parseFloat(time) > 0.01);
    const plays = style.animationName !== 'none' && Number.parseFloat(style.animationDuration) > 0.01;
    return moves || plays ? [node.outerHTML] : [];
  }));
  expect(moving).toEqual([]);
});

test('in a right-to-left document labels stand at the right, and addresses still read left to right', async ({ page }) => {
  const box = new Box(page);
  await page.evaluate(() => { document.documentElement.dir = 'rtl'; });
  const label = box.root.locator('label').first();
  expect(await label.evaluate((node) => getComputedStyle(node).direction)).toBe('rtl');
  expect(await box.email.evaluate((node) => getComputedStyle(node).direction)).toBe('ltr');
  const reveal = await box.root.getByRole('button', { name: 'Show password' }).boundingBox();
  const input = await box.password.boundingBox();
  expect(reveal.x - input.x).toBeLessThan(input.width / 2);
});

async function expectWhole(page) {
  const broken = await page.evaluate(() => {
    const root = document.documentElement;
    const cut = [...document.querySelectorAll('[part="box"] :is(p, label, button, h2, h3, li, a)')]
      .filter((node) => !node.matches('[part~="unseen"]'))
      .filter((node) => node.scrollWidth > node.clientWidth + 1 && getComputedStyle(node).overflowX !== 'visible')
      .map((node) => node.outerHTML);
    const out = [...document.querySelectorAll('*')]
      .filter((node) => root.scrollWidth > root.clientWidth && node.getBoundingClientRect().right > root.clientWidth)
      .map((node) => `${node.getBoundingClientRect().right} px of ${root.clientWidth}: ${node.cloneNode().outerHTML}`);
    return [...cut, ...out.slice(0, 5)];
  });
  expect(broken).toEqual([]);
}
