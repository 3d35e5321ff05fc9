import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { openBrowser } from '../support/browser/open-browser.js';
import { startPageConsole } from '../support/browser/page-console.js';
import { visit } from '../support/browser/visit.js';
import { password } from '../support/running-console.js';
import { waitUntil } from '../support/wait-until.js';

const rules = `server: { port: 0 }
console: { enabled: true }
journal: { store: memory }
rules:
  - name: hello
    keywords: [你好]
    callback: { url: "http://127.0.0.1:9/hello" }
`;

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(async () => {
  await browser.close();
});

/** What somebody who sees nothing hears of the element that has the focus. */
function focused(page: Page): Promise<string> {
  return page.locator(':focus').evaluateAll((elements) => {
    const [field] = elements as unknown as {
      getAttribute(name: string): string | null;
      labels?: readonly { textContent: string }[];
      textContent: string;
    }[];
    const name = field?.getAttribute('aria-label') ?? field?.labels?.[0]?.textContent;
    return (name ?? field?.textContent ?? '').trim();
  });
}

/** Presses Tab until the element of that name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  const passed: string[] = [];
  for (let n = 0; n < 80; n += 1) {
    await page.keyboard.press('Tab');
    const found = await focused(page);
    if (found === name) return;
    passed.push(found);
  }
  throw new Error(`Tab does not lead to ${name}, but to ${passed.join(', ')}`);
}

const namesIn = (file: string) =>
  (parse(readFileSync(file, 'utf8')) as { rules: { name: string }[] }).rules.map(
    ({ name }) => name,
  );

test('a rule is made, moved and deleted without a mouse', async () => {
  const { origin, file } = await startPageConsole(rules);
  const { page } = await visit(browser, origin, { logsIn: false });
  const { keyboard } = page;
  await page.getByRole('button', { name: 'Log in' }).waitFor();
  // The field of the password has the focus.
  await keyboard.type(password);
  await keyboard.press('Enter');
  await page.getByRole('table').waitFor();

  await tabTo(page, 'New rule');
  await keyboard.press('Enter');
  await page.getByLabel('Name *').waitFor();
  await tabTo(page, 'Name *');
  await keyboard.type('weather');
  await tabTo(page, 'Keywords');
  await keyboard.type('天气');
  await keyboard.press('Enter');
  await tabTo(page, 'URL *');
  await keyboard.type('http://127.0.0.1:9/weather');
  await tabTo(page, 'Review and save');
  await keyboard.press('Enter');
  await page.getByRole('dialog').getByText('Adds 1 rule').waitFor();
  await tabTo(page, 'Save');
  await keyboard.press('Enter');
  await page.getByRole('link', { name: 'weather' }).waitFor();
  expect(namesIn(file)).toEqual(['hello', 'weather']);

  await tabTo(page, 'Move weather up');
  await keyboard.press('Enter');
  await tabTo(page, 'Save order');
  await keyboard.press('Enter');
  await page.getByRole('dialog').getByText('Puts rules into another order').waitFor();
  await tabTo(page, 'Save');
  await keyboard.press('Enter');
  await waitUntil('the order is another', () => namesIn(file)[0] === 'weather');
  await page.getByRole('dialog').waitFor({ state: 'detached' });

  await tabTo(page, 'Delete hello');
  await keyboard.press('Enter');
  await page.getByRole('dialog').getByText('Deletes 1 rule').waitFor();
  // A dialog is left by Escape, and the focus comes back to where it was opened.
  await keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await expect.poll(() => focused(page)).toBe('Delete hello');
  await keyboard.press('Enter');
  await page.getByRole('dialog').getByText('Deletes 1 rule').waitFor();
  await tabTo(page, 'Delete');
  await keyboard.press('Enter');
  await waitUntil('it is gone', () => namesIn(file).join() === 'weather');
});

test('the first Tab leads past the menu', async () => {
  const { origin } = await startPageConsole(rules);
  const { page, go } = await visit(browser, origin);
  await go('rules');
  await page.getByRole('table').waitFor();
  await page.keyboard.press('Tab');
  expect(await focused(page)).toBe('Skip to content');
  await page.keyboard.press('Enter');
  await tabTo(page, 'New rule');
});
