// Accessibility, as axe sees it. It runs through the DevTools protocol, so the
// page's policy stays as strict as ever.

import { AxeBuilder } from '@axe-core/playwright';
import { expect } from '@playwright/test';

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds wrong on the page, or in a part of it, in words. */
export async function violations(page, part = ':root') {
  const builder = new AxeBuilder({ page })
    .include(part)
    .options({ runOnly: { type: 'tag', values: tags }, rules: { 'target-size': { enabled: true } } });
  const results = await builder.analyze();
  return results.violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}: ${node.target.join(' ')}`));
}

export async function expectAccessible(page, part) {
  expect(await violations(page, part)).toEqual([]);
}
