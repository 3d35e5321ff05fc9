import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { createSqliteJournal } from '../../src/journal/open-sqlite.js';
import { openBrowser } from '../support/browser/open-browser.js';
import { startPageConsole } from '../support/browser/page-console.js';
import { visit } from '../support/browser/visit.js';
import { freePort } from '../support/child.js';
import { startFakeWeCom } from '../support/fake-wecom/fake-wecom.js';
import { json, startReceiver, status } from '../support/receiver.js';
import { sampleTask } from '../support/sample-task.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { weComPuppet } from '../support/wecom-app.js';

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(async () => {
  await browser.close();
});

const rulesFor = (port: number, more = '') => `server: { port: 0 }
console: { enabled: true, history: { unmatched: true }${more} }
journal: { store: memory }
rules:
  - name: 订阅
    keywords: [订阅]
    users: { contacts: [Alice] }
    callback:
      url: http://127.0.0.1:${port}/subscribe?key=hidden-key
      apiKey: top-secret-key
      retry: { attempts: 1 }
    reply: { onFailure: 稍后再试 }
`;

const soon = { timeout: 90_000 };

/** A receiver comes up where nobody listened. */
async function heal(port: number): Promise<void> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ success: true, message: '订阅成功' }));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
}

/** Confirms what the page asks. */
const confirm = (page: Page, button: string) =>
  page.getByRole('dialog').getByRole('button', { name: button, exact: true }).click();

describe('messages and tasks on the page', () => {
  test('a message that no rule took says why, rule by rule', async () => {
    const { origin, puppet } = await startPageConsole(rulesFor(9));
    const { page, go, picture, serious } = await visit(browser, origin);
    await go('live');
    await page.getByText('following').waitFor();
    const said = '「老王：周报出来了」\n- - - - - - - - - - - - - - -\n我也要订阅';
    puppet.hear(said, { name: 'Bob' });
    const card = page.getByRole('listitem').filter({ hasText: '我也要订阅' });
    await card.getByText('no rule', { exact: true }).waitFor();
    await card.getByRole('button', { name: 'Why?' }).click();
    await card.getByText('does not match').waitFor();
    await card.getByText(/Bob.* is not a listed contact/u).waitFor();
    const seen = card.getByLabel('What rules see');
    await seen.getByText('我也要订阅', { exact: true }).waitFor();
    await seen.getByText('周报出来了', { exact: true }).waitFor();
    await picture('live-why');
    expect(await serious()).toEqual([]);
    await card.getByRole('link', { name: 'Try this message' }).click();
    await expect.poll(() => page.getByLabel('Text', { exact: true }).inputValue()).toBe(said);
  });

  test('a receiver that is dead is seen, and its task replayed once it heals', async () => {
    const port = await freePort();
    const { origin, puppet, said } = await startPageConsole(rulesFor(port));
    const { page, go, picture, serious } = await visit(browser, origin);
    await go('live');
    await page.getByText('following').waitFor();
    puppet.hear('订阅 周报', { name: 'Alice' });
    const card = page.getByRole('listitem').filter({ hasText: '订阅 周报' });
    await card.getByText('failed', { exact: true }).waitFor();
    await picture('live-failed');
    await expect.poll(() => said, soon).toEqual(['稍后再试']);

    await go('tasks');
    const dead = page.getByRole('region', { name: 'Failed tasks' });
    await dead.getByText('1 task has failed for good.').waitFor();
    await picture('tasks-dead');
    expect(await serious()).toEqual([]);
    await page.getByRole('table').getByRole('link', { name: '订阅' }).click();
    await page.getByRole('heading', { name: 'Task 订阅' }).waitFor();
    await page
      .getByText(/ECONNREFUSED|connect-refused|no-connection|refused/iu)
      .first()
      .waitFor();
    await picture('task-dead');
    expect(await serious()).toEqual([]);
    expect(await page.content()).not.toMatch(/top-secret-key|hidden-key/u);

    await heal(port);
    await page.getByRole('button', { name: 'Replay' }).click();
    await confirm(page, 'Replay');
    await page.getByText('1 of 1 said').waitFor();
    expect(said).toEqual(['稍后再试', '订阅成功']);
    await page.locator('.facts').getByText('Replayed', { exact: true }).waitFor();
    expect(await page.getByText('Arrived').count()).toBe(0);
    const steps = await page.locator('.attempt-head h3, .replay').allTextContents();
    expect(steps.map((step) => step.replace(/[\d:]{8}$/u, 'at …'))).toEqual([
      'Call 1',
      'Replayed at …',
      'Call 2',
    ]);
    await picture('task-answered');
    await go('tasks');
    await page.getByRole('table').getByText('replayed').waitFor();
    await page.getByRole('table').getByText('answered').waitFor();
    expect(await dead.count()).toBe(0);
  });

  test('what a receiver answered to a call is seen long after it', async () => {
    const file = join(temporaryFolder().path, 'journal.db');
    const journal = await createSqliteJournal({ file });
    const task = sampleTask({ rule: '订阅', arrivedAt: Date.now() });
    await journal.accept([task]);
    const [claim] = await journal.claim(1, [task.botId]);
    const attempt = {
      startedAt: Date.now(),
      durationMs: 3,
      status: 400,
      reason: 'http-400',
      body: '{"error":"missing field orderId"}',
    };
    if (claim) await journal.settle(claim, 'dead', { reason: 'http-400', attempt });
    await journal.close();
    const rules = rulesFor(9).replace('store: memory', `store: "sqlite:${file}"`);
    const { origin } = await startPageConsole(rules);
    const { page, go, picture, serious } = await visit(browser, origin);
    await go('tasks');
    await page.getByRole('table').getByRole('link', { name: '订阅' }).click();
    const calls = page.getByRole('region', { name: 'Calls made' });
    await calls.getByRole('heading', { name: 'What the receiver answered' }).waitFor();
    await calls.getByText('missing field orderId').waitFor();
    await calls.getByText('which field').waitFor();
    await picture('task-answer-kept');
    expect(await serious()).toEqual([]);
  });

  test('failed tasks are replayed all at once', async () => {
    const port = await freePort();
    const { origin, puppet, said } = await startPageConsole(rulesFor(port));
    for (const n of [1, 2, 3]) puppet.hear(`订阅 ${n}`, { name: 'Alice' });
    const { page, go } = await visit(browser, origin);
    await go('tasks');
    await page.getByText('3 tasks have failed for good.').waitFor();
    await heal(port);
    await page.getByRole('button', { name: 'Replay all failed tasks of 订阅' }).click();
    await confirm(page, 'Replay');
    const answers = () => said.filter((text) => text === '订阅成功').length;
    await expect.poll(answers, soon).toBe(3);
    await page.getByText('failed for good').waitFor({ state: 'detached' });
  });

  test('what a receiver refused is no failure, and is not replayed with those that failed', async () => {
    const receiver = await startReceiver(json({ success: false, message: '不行' }), status(404));
    onTestFinished(async () => await receiver.close());
    const { origin, puppet } = await startPageConsole(
      rulesFor(Number(new URL(receiver.origin).port)),
    );
    const { page, go, picture, serious } = await visit(browser, origin);
    await go('live');
    await page.getByText('following').waitFor();
    puppet.hear('订阅 一', { name: 'Alice' });
    const cardOf = (text: string) => page.getByRole('listitem').filter({ hasText: text });
    await cardOf('订阅 一').getByText('refused', { exact: true }).waitFor();
    puppet.hear('订阅 二', { name: 'Alice' });
    await cardOf('订阅 二').getByText('failed', { exact: true }).waitFor();

    await go('tasks');
    await page.getByText('1 task has failed for good.').waitFor();
    const dead = page.getByRole('region', { name: 'Failed tasks' });
    expect(await dead.getByRole('listitem').count()).toBe(1);
    await page.getByRole('table').getByText('refused', { exact: true }).waitFor();
    await picture('tasks-refused');
    expect(await serious()).toEqual([]);
    await dead.getByRole('button', { name: 'Replay all failed tasks of 订阅' }).click();
    await confirm(page, 'Replay');
    await page.getByText('It took effect on 1 task.').waitFor();
    await expect.poll(() => receiver.calls.length, soon).toBe(3);
    const row = page.getByRole('row').filter({ hasText: 'refused' });
    await row.getByRole('link', { name: '订阅' }).click();
    await page.getByRole('region', { name: 'Replies' }).getByText('不行').waitFor();
    await page.locator('.facts').getByText('refused', { exact: true }).waitFor();
  });

  test('with `private` a text is seen after a click only, and the click is noted', async () => {
    const { origin, puppet, lines } = await startPageConsole(rulesFor(9, ', private: true'));
    const { page, go, picture } = await visit(browser, origin);
    await go('live');
    await page.getByText('following').waitFor();
    puppet.hear('一个秘密', { name: 'Bob' });
    const card = page.getByRole('listitem').filter({ hasText: 'Bob' });
    await card.waitFor();
    expect(await page.content()).not.toContain('一个秘密');
    await picture('live-private');
    await card.getByRole('button', { name: /show/iu }).click();
    await card.getByText('一个秘密').waitFor();
    expect(lines.some(({ msg }) => /was looked at|查看了/u.test(msg))).toBe(true);
  });

  test('bots, receivers and charts are seen, and an adapter tests itself', async () => {
    const fake = await startFakeWeCom();
    onTestFinished(() => fake.close());
    const port = await freePort();
    const { origin, puppet, said } = await startPageConsole(rulesFor(port), [weComPuppet(fake)]);
    await heal(port);
    puppet.hear('订阅', { name: 'Alice' });
    await expect.poll(() => said, soon).toEqual(['订阅成功']);
    const { page, go, picture, serious } = await visit(browser, origin);
    await go('health');
    await page.getByText(`${origin}/wecom`).waitFor();
    await page
      .getByRole('row')
      .filter({ hasText: `http://127.0.0.1:${port}` })
      .getByText('in use')
      .waitFor();
    await page.getByRole('button', { name: /^Self-test wecom/iu }).click();
    await page.getByText('the webhook here passes the check of the URL').waitFor();
    await page.getByText('passed', { exact: true }).first().waitFor();
    await picture('health');
    expect(await serious()).toEqual([]);
  });
});
