// What a test compares with the contract. Our server must answer just so; with
// `--live`, what a tenant answers otherwise is recorded and told at the end.

import { test, expect } from '@playwright/test';
import { live } from './live.mjs';

export const DIFFERENCE = 'difference';

/**
 * Compares an answer with the contract. `perTenant` says what settings of a
 * tenant make it differ.
 */
export function contract(name, actual, expected, { perTenant } = {}) {
  const compare = (message) => {
    const matter = expect(actual, message);
    if (typeof expected === 'object') matter.toMatchObject(expected);
    else matter.toEqual(expected);
  };
  if (!live) {
    compare(name);
    return;
  }
  try {
    compare();
  } catch {
    const description = `${name}: ${JSON.stringify(actual)}${perTenant ? ` (expected: ${perTenant})` : ''}`;
    test.info().annotations.push({ type: DIFFERENCE, description });
  }
}
