import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from '../support/browser/open-browser.js';
import { startPageConsole } from '../support/browser/page-console.js';
import { visit } from '../support/browser/visit.js';

const rules = `server: { port: 0 }
console: { enabled: true }
journal: { store: memory }
rules:
  # 订阅 / subscribing
  - name: 订阅
    keywords: [订阅, subscribe]
    callback:
      url: http://127.0.0.1:9/user/subscribe
      apiKey: top-secret-key
  - name: 群里的帮助
    keywords: [帮助]
    trigger: { in: room, mention: me, cooldown: { every: 10s, per: conversation } }
    callback: { url: "http://127.0.0.1:9/help?key=hidden" }
  - name: welcome
    enabled: false
    trigger: { on: room-join }
    callback: { url: http://127.0.0.1:9/welcome }
`;

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(async () => {
  await browser.close();
});

test('pictures', async () => {
  const { origin } = await startPageConsole(rules);
  const out = await visit(browser, origin, { logsIn: false });
  await out.picture('login');
  expect(await out.serious()).toEqual([]);
  const { page, picture, serious, go } = await visit(browser, origin, { locale: 'zh-CN' });
  await page.getByRole('table').waitFor();
  await picture('rules');
  expect(await serious()).toEqual([]);
  await go('rules/new');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await picture('rule-form');
  expect(await serious()).toEqual([]);
}, 60_000);
