// The story that the demo page tells: a short sign-up, two questions at the
// second login, none at the third, and why.

import { expectAccessible } from './harness/axe.mjs';
import { Box, passwords } from './harness/box.mjs';
import { boxOptions, expect, newEmail, picture, test } from './harness/test.mjs';
import fs from 'node:fs';
import path from 'node:path';
import { root } from './harness/environment.mjs';

const config = JSON.parse(fs.readFileSync(path.join(root, 'examples/demo/config.json'), 'utf8'));

const reasons = (page) => page.locator('#reasons').evaluate((list) => Object.fromEntries(
  [...list.querySelectorAll('dt')].map((term) => [term.textContent, term.nextElementSibling.textContent]),
));

test.use({ boxConfig: config });

test('sign up, log in twice more, see the history and the reasons', async ({ page, latchlet }) => {
  expect(config).not.toEqual(await boxOptions());
  latchlet.proxy.instead = {};
  const [box, email] = [new Box(page), newEmail()];
  const done = box.heading('You are logged in');
  await page.goto(latchlet.demo);
  await expect(box.root.getByRole('textbox')).toHaveCount(3);
  await picture(page, 'demo-story-1');
  await box.email.fill(email);
  await box.password.fill(passwords.good);
  await box.name.fill('Ada Lovelace');
  await box.submit.click();
  await expect(done).toBeVisible();
  await expect.poll(() => reasons(page)).toMatchObject({ company: 'not asked: it waits for login 2' });

  const login = async () => {
    await page.getByRole('button', { name: 'Log in again' }).click();
    await box.root.getByRole('button', { name: 'Log in', exact: true }).click();
    await box.signIn({ email });
  };
  await login();
  await expect(box.root.getByRole('heading', { name: '2 quick questions' })).toBeVisible();
  await expect.poll(() => reasons(page)).toMatchObject({ company: 'asked at this login', newsletter: 'not asked: it waits for login 5' });
  await picture(page, 'demo-story-2');
  await expectAccessible(page);
  await box.root.getByLabel('Company').fill('Analytical <b>Engines</b>');
  await box.root.getByLabel('Job title').fill('Engineer');
  await box.root.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(done).toBeVisible();
  await expect(page.locator('#metadata')).toContainText('Analytical <b>Engines</b>');

  await login();
  await expect(done).toBeVisible();
  await expect.poll(() => reasons(page)).toMatchObject({ company: 'not asked: you said so', job_title: 'not asked: you said so' });
  await page.getByText('What was asked before, as it is stored').click();
  const history = JSON.parse(await page.locator('#history').textContent());
  expect(history).toMatchObject({ v: 1, f: { company: [1, expect.any(Number), 2, 'a', expect.any(Number)] } });
  await picture(page, 'demo-story-3');
  await expectAccessible(page);
});
