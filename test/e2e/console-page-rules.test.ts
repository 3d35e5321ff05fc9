import { readFileSync, writeFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { openBrowser } from '../support/browser/open-browser.js';
import { startPageConsole } from '../support/browser/page-console.js';
import { visit } from '../support/browser/visit.js';
import { json, startReceiver } from '../support/receiver.js';
import { waitUntil } from '../support/wait-until.js';

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(async () => {
  await browser.close();
});

async function receiver() {
  const started = await startReceiver(json({ success: true, message: '订阅成功' }));
  onTestFinished(async () => await started.close());
  return started;
}

const head = `# 机器人的规则 / the rules
server: { port: 0 }
console: { enabled: true } # 网页控制台
journal: { store: memory }
`;

const twoRules = `${head}rules:
  # 有人打招呼 / a greeting
  - name: hello
    keywords: [你好, hello] # 任一即可
    callback: { url: "http://127.0.0.1:9/hello" }

  - name: weather
    keywords: [天气]
    callback: { url: "http://127.0.0.1:9/weather?key=hidden-key", apiKey: top-secret-key }
`;

/** What a rule's row in the list says. */
function row(page: Page, name: string) {
  return page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) });
}

const confirm = (page: Page, button: string) =>
  page.getByRole('dialog').getByRole('button', { name: button, exact: true }).click();

/** Types a chip into a field. */
async function chip(page: Page, label: string, text: string): Promise<void> {
  const field = page.getByLabel(label, { exact: true });
  await field.fill(text);
  await field.press('Enter');
}

/** Pastes a text into a field. */
async function paste(page: Page, label: string, text: string): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
  await page.getByLabel(label, { exact: true }).press('ControlOrMeta+V');
}

const rulesIn = (file: string) =>
  (parse(readFileSync(file, 'utf8')) as { rules: Record<string, unknown>[] }).rules;

describe('rules on the page', () => {
  test('a rule is made by form, stands in the file, and the bot answers', async () => {
    const { origin: at, calls } = await receiver();
    const running = await startPageConsole(twoRules);
    const { page } = await visit(browser, running.origin);
    await page.getByRole('button', { name: 'New rule' }).click();
    await page.getByLabel('Name *').fill('订阅');
    await paste(page, 'Keywords', '订阅， subscribe、\n');
    await chip(page, 'Contacts', 'Alice');
    await page.getByLabel('URL *').fill(`${at}/user/{{citty}}`);
    await page.getByLabel('API key', { exact: true }).fill('seed-api-key');
    await page.getByRole('button', { name: 'Add to Variables' }).click();
    await page.getByLabel('Variables: name 1').fill('city');
    await page.getByLabel('Variables: value 1').fill('广州');
    await page.getByRole('button', { name: 'Review and save' }).click();
    await page.getByRole('dialog').getByText('did you mean {{city}}?').waitFor();
    await confirm(page, 'Cancel');
    await page.getByLabel('URL *').fill(`${at}/user/subscribe`);
    await page.getByRole('button', { name: 'Review and save' }).click();
    await page.getByRole('dialog').getByText('Adds 1 rule').waitFor();
    await confirm(page, 'Save');
    await row(page, '订阅').getByText('contains "订阅" or "subscribe"; from "Alice"').waitFor();

    const text = readFileSync(running.file, 'utf8');
    expect(text.startsWith(twoRules.trimEnd())).toBe(true);
    expect(rulesIn(running.file).at(-1)).toEqual({
      name: '订阅',
      keywords: ['订阅', 'subscribe'],
      users: { contacts: ['Alice'] },
      callback: {
        url: `${at}/user/subscribe`,
        apiKey: 'seed-api-key',
        variables: { city: '广州' },
      },
    });

    running.puppet.hear('我要订阅周报', { name: 'Alice' });
    await waitUntil('the bot answers', () => running.said.includes('订阅成功'));
    expect(calls[0]?.headers.authorization).toBe('Bearer seed-api-key');
    expect(JSON.parse(calls[0]?.body ?? '')).toMatchObject({
      question: '我要订阅周报',
      userId: 'Alice',
      isSelf: false,
      variables: { city: '广州' },
    });
  });

  test('an error stands beside its field, and nothing is saved', async () => {
    const running = await startPageConsole(twoRules);
    const { page, go } = await visit(browser, running.origin);
    await go('rules/new');
    await page.getByRole('button', { name: 'Review and save' }).click();
    await page.getByText('Name: must be filled in').waitFor();
    await page.getByText('URL: must be filled in').waitFor();
    await page.getByLabel('Name *').fill('weather');
    await page.getByLabel('URL *').fill('ftp://example.com/');
    await page.getByRole('button', { name: 'Review and save' }).click();
    await page.getByText('Some fields need another look').waitFor();
    const problemOf = (label: string) =>
      page.getByLabel(label).evaluate((field) =>
        [...field.ownerDocument.querySelectorAll('[id]')]
          .filter(({ id }) => field.getAttribute('aria-describedby')?.split(' ').includes(id))
          .map(({ textContent }) => textContent)
          .join(' '),
      );
    expect(await problemOf('Name *')).toContain('the name is taken by rule 2');
    expect(await problemOf('URL *')).toContain('http');
    expect(readFileSync(running.file, 'utf8')).toBe(twoRules);
  });

  test('a rule is edited, copied, disabled and deleted, and the last step taken back', async () => {
    const running = await startPageConsole(twoRules);
    const { page } = await visit(browser, running.origin);
    const text = () => readFileSync(running.file, 'utf8');

    await row(page, 'weather').getByRole('link', { name: 'weather' }).click();
    const key = page.getByLabel('API key', { exact: true });
    expect(await key.inputValue()).not.toContain('top-secret-key');
    await chip(page, 'Keywords', '气温');
    await page.getByRole('button', { name: 'Review and save' }).click();
    await page.getByRole('dialog').getByText('Changes 1 rule').waitFor();
    await confirm(page, 'Save');
    await page.getByText('Saved. Changes 1 rule.').waitFor();
    await row(page, 'weather').getByText('contains "天气" or "气温"').waitFor();
    // Not a byte more than that, and secrets stay.
    expect(text()).toBe(twoRules.replace('keywords: [天气]', 'keywords: [天气, 气温]'));

    await row(page, 'weather').getByRole('button', { name: 'Copy weather' }).click();
    await page.getByLabel('Name of the copy').fill('weather 2');
    await confirm(page, 'Next');
    await confirm(page, 'Copy');
    await row(page, 'weather 2').waitFor();
    expect(rulesIn(running.file).at(-1)).toMatchObject({
      name: 'weather 2',
      enabled: false,
      callback: { apiKey: 'top-secret-key' },
    });

    await row(page, 'hello').getByRole('switch').click();
    await confirm(page, 'Disable');
    await waitUntil('it is off', () => rulesIn(running.file)[0]?.['enabled'] === false);

    await row(page, 'weather 2').getByRole('button', { name: 'Delete weather 2' }).click();
    await confirm(page, 'Delete');
    await row(page, 'weather 2').waitFor({ state: 'detached' });
    expect(rulesIn(running.file).map(({ name }) => name)).toEqual(['hello', 'weather']);
    await page.getByRole('button', { name: 'Undo last save' }).click();
    await confirm(page, 'Undo');
    await row(page, 'weather 2').waitFor();
    expect(rulesIn(running.file)).toHaveLength(3);
  });

  test('what is not saved is not lost without a question, however one leaves', async () => {
    const running = await startPageConsole(twoRules);
    const { page, picture } = await visit(browser, running.origin);
    await page.getByRole('navigation').getByRole('link', { name: 'Live' }).click();
    await page.getByRole('navigation').getByRole('link', { name: 'Rules' }).click();
    await row(page, 'hello').getByRole('link', { name: 'hello' }).click();
    const title = page.getByRole('heading', { level: 1, name: 'Rule “hello”' });
    const question = page.getByRole('dialog').filter({ hasText: 'Leave without saving?' });
    const ways: Readonly<Record<string, () => Promise<unknown>>> = {
      'the browser: back': () => page.evaluate('history.back()'),
      'the browser: two steps back': () => page.evaluate('history.go(-2)'),
      'the sidebar': () => page.getByRole('link', { name: 'Tasks' }).click(),
      'the link back': () => page.getByRole('link', { name: 'All rules' }).click(),
      'the button': () => page.getByRole('button', { name: 'Cancel' }).click(),
      'logging out': async () => {
        await page.getByRole('button', { name: 'Account' }).click();
        await page.getByRole('menuitem', { name: 'Log out' }).click();
      },
    };
    // Nothing is changed yet, so nothing is asked.
    await page.goBack();
    await page.goForward();
    await title.waitFor();
    await chip(page, 'Keywords', '早上好');
    for (const [way, go] of Object.entries(ways)) {
      await go();
      await question.waitFor();
      if (way === 'the sidebar') await picture('rule-leave');
      await confirm(page, 'Stay');
      await question.waitFor({ state: 'detached' });
      expect([way, page.url()]).toEqual([way, `${running.origin}/console/rules/hello`]);
      expect([way, await page.getByText('早上好').count()]).not.toEqual([way, 0]);
    }
    await page.evaluate('history.back()');
    await confirm(page, 'Leave');
    await row(page, 'hello').waitFor();
    expect(page.url()).toBe(`${running.origin}/console/rules`);
    await page.goForward();
    await title.waitFor();
    expect(await page.getByText('早上好').count()).toBe(0);
  });

  test('rules are put into another order by dragging', async () => {
    const running = await startPageConsole(twoRules);
    const { page } = await visit(browser, running.origin);
    const grip = row(page, 'weather').getByTitle('Drag to reorder');
    await grip.dragTo(row(page, 'hello').getByRole('link'));
    await page.getByRole('button', { name: 'Save order' }).click();
    await confirm(page, 'Save');
    await waitUntil('the file says so', () => rulesIn(running.file)[0]?.['name'] === 'weather');
    expect(readFileSync(running.file, 'utf8')).toContain(
      '# 有人打招呼 / a greeting\n  - name: hello',
    );
  });

  test('a file that is broken by hand is told, and so is that it is mended', async () => {
    const running = await startPageConsole(twoRules);
    const { page, picture, serious } = await visit(browser, running.origin);
    await row(page, 'hello').waitFor();
    writeFileSync(running.file, twoRules.replace('keywords: [天气]', 'keyword: [天气]'));
    await page.reload();
    await page.getByText('The file is wrong').waitFor();
    await page.getByText('unknown key; did you mean').waitFor();
    await picture('rules-broken-file');
    expect(await serious()).toEqual([]);
    writeFileSync(running.file, twoRules);
    await page.getByText('The file is wrong').waitFor({ state: 'detached' });
  });

  test('a file that was changed meanwhile is not overwritten without a word', async () => {
    const running = await startPageConsole(twoRules);
    const { page } = await visit(browser, running.origin);
    await row(page, 'hello').getByRole('link', { name: 'hello' }).click();
    await chip(page, 'Keywords', '早上好');
    const other = twoRules.replace('[天气]', '[天气, 气象]');
    writeFileSync(running.file, other);
    await page.getByRole('button', { name: 'Review and save' }).click();
    await page.getByText('The file was changed meanwhile').waitFor();
    expect(readFileSync(running.file, 'utf8')).toBe(other);
    await page.getByRole('button', { name: 'Go on with the file as it is now' }).click();
    await page.getByRole('button', { name: 'Review and save' }).click();
    await page.getByRole('dialog').getByText('Changes 1 rule').waitFor();
    await confirm(page, 'Save');
    await row(page, 'hello').getByText('早上好').waitFor();
    // What was done by hand stays.
    expect(rulesIn(running.file)[1]).toMatchObject({ keywords: ['天气', '气象'] });
  });
});
