// Questions in the middle of a login at an Auth0 tenant, whose Action is the
// one that docs/AUTH0.md shows.

import fs from 'node:fs/promises';
import path from 'node:path';
import { expectAccessible } from './harness/axe.mjs';
import { root } from './harness/environment.mjs';
import { Server } from './harness/server.mjs';
import { Tenant, actionTexts } from './harness/tenant.mjs';
import { expect, picture, test as base } from './harness/test.mjs';

const connection = 'Username-Password-Authentication';

const test = base.extend({
  /** What the questions have other than the example's. */
  changes: [{}, { option: true }],

  tenant: async ({ changes }, use) => {
    const tenant = await Tenant.start();
    const example = await fs.readFile(path.join(root, 'examples/continue/box.json'), 'utf8');
    const box = JSON.parse(example);
    for (const field of box.progressiveProfile.fields) Object.assign(field, changes);
    const server = await Server.start({
      change: (config, shown) => {
        config.continue = [tenant.config(connection)];
        for (const name of Object.keys(shown)) delete shown[name];
        Object.assign(shown, box);
      },
    });
    tenant.latchlet = server.origin;
    await use(tenant);
    await server.close();
    tenant.close();
    expect(tenant.refused).toEqual([]);
  },
});

/** Logs in at the tenant, and ends where that leads. */
async function logIn(page, tenant) {
  await page.goto(`${tenant.origin}/authorize`);
}

async function isWelcome(page, tenant) {
  await expect(page.getByRole('heading', { name: 'Welcome' })).toBeVisible();
  expect(new URL(page.url()).origin).toBe(tenant.appOrigin);
}

test('the docs show the Action that runs here', async () => {
  const { shown, file } = await actionTexts();
  expect(file.endsWith(shown)).toBe(true);
});

test('people are asked at their second login, and never again', async ({ page, tenant }) => {
  await logIn(page, tenant);
  await isWelcome(page, tenant);
  expect(tenant.user.user_metadata).toEqual({});

  await logIn(page, tenant);
  const company = page.getByRole('textbox', { name: 'Company' });
  await expect(company).toBeVisible();
  await expectAccessible(page);
  await picture(page, 'continue');
  await page.getByRole('textbox', { name: 'Job title' }).fill('Countess');
  await page.getByRole('button', { name: 'Save' }).click();
  // It must be answered.
  await expect(company).toHaveAttribute('aria-invalid', 'true');
  await company.fill('Analytical <b>Engines');
  await page.getByRole('button', { name: 'Save' }).click();
  await isWelcome(page, tenant);
  const { latchlet, ...answers } = tenant.user.user_metadata;
  expect(answers).toEqual({ company: 'Analytical <b>Engines', job_title: 'Countess' });
  expect(latchlet.f.company[3]).toBe('a');
  expect(latchlet.p[2]).toBe(false);

  await logIn(page, tenant);
  await isWelcome(page, tenant);
});

test.describe('in the dark', () => {
  test.use({ colorScheme: 'dark', viewport: { width: 320, height: 640 } });

  test('the page fits a narrow screen', async ({ page, tenant }) => {
    tenant.logins = 1;
    await logIn(page, tenant);
    await expect(page.getByRole('textbox', { name: 'Company' })).toBeVisible();
    await expectAccessible(page);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    await picture(page, 'continue-narrow-dark');
  });
});

test.describe('where nothing must be answered', () => {
  test.use({ changes: { required: false } });

  test('one skips', async ({ page, tenant }) => {
    tenant.logins = 1;
    await logIn(page, tenant);
    await page.getByRole('button', { name: 'Skip for now' }).click();
    await isWelcome(page, tenant);
    const { latchlet, ...answers } = tenant.user.user_metadata;
    expect(answers).toEqual({});
    expect(latchlet.f.company[3]).toBe('s');
  });
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('a question that must be answered says what it needs', async ({ page, tenant }) => {
    tenant.logins = 1;
    await logIn(page, tenant);
    await expect(page.locator('noscript p')).toContainText('one of them must be answered');
    await expect(page.getByRole('button')).toHaveCount(0);
    await picture(page, 'continue-no-script');
  });

  test.describe('and where nothing must be answered', () => {
    test.use({ changes: { required: false } });

    test('one goes on', async ({ page, tenant }) => {
      tenant.logins = 1;
      await logIn(page, tenant);
      await page.getByRole('button', { name: 'Go on without answering' }).click();
      await page.getByRole('button', { name: 'Continue' }).click();
      await isWelcome(page, tenant);
      expect(tenant.user.user_metadata.latchlet.f.company[3]).toBe('s');
    });
  });
});
