import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { browserPath, openBrowser } from '../support/browser/open-browser.js';
import { startPageConsole } from '../support/browser/page-console.js';
import { visit } from '../support/browser/visit.js';
import { json, startReceiver, status } from '../support/receiver.js';

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(async () => {
  await browser.close();
});

/** A console in which something has happened: an answer, a failure, a message that no rule took. */
async function lived() {
  const receiver = await startReceiver(
    json({ success: true, message: '已为您订阅周报，每周一早上九点发送。' }),
    status(404),
  );
  onTestFinished(async () => await receiver.close());
  const at = receiver.origin;
  const running = await startPageConsole(`server: { port: 0 }
console: { enabled: true, history: { unmatched: true } }
journal: { store: memory }
rules:
  - name: 订阅周报
    keywords: [订阅, subscribe]
    callback: { url: "${at}/user/subscribe", apiKey: top-secret-key }
    reply: { quote: true }
  - name: 群里的帮助
    keywords: [帮助, help]
    trigger: { in: room, mention: me, cooldown: { every: 10s, per: conversation } }
    callback: { url: "${at}/a/rather/long/path/that/has/to/be/wrapped/somewhere?key=hidden" }
  - name: weather
    keywords: [天气]
    callback: { url: "${at}/weather" }
  - name: welcome
    enabled: false
    trigger: { on: room-join }
    callback: { url: "${at}/welcome" }
`);
  const { puppet, said } = running;
  puppet.hear('我想订阅周报', { name: 'Alice' });
  await expect.poll(() => said.length, { timeout: 90_000 }).toBe(1);
  puppet.hear('明天的天气怎么样？', { name: 'Alice', room: '产品群' });
  puppet.hear('帮助', { name: 'Bob', room: '产品群' });
  await expect.poll(() => receiver.calls.length, { timeout: 90_000 }).toBe(2);
  return running;
}

const pages = {
  rules: { en: 'Rules', zh: '规则' },
  'rules/new': { en: 'New rule', zh: '新建规则' },
  'rules/%E8%AE%A2%E9%98%85%E5%91%A8%E6%8A%A5': { en: 'Rule “订阅周报”', zh: '规则“订阅周报”' },
  try: { en: 'Try it', zh: '试一试' },
  live: { en: 'Live', zh: '实时' },
  tasks: { en: 'Tasks', zh: '任务' },
  health: { en: 'Health', zh: '状态' },
} as const;

const nameOf = (path: string) => decodeURIComponent(path).replaceAll('/', '-');

/** Whether something sticks out at the right side, so that the page moves sideways on a phone. */
async function overflow(page: Page): Promise<number> {
  const [widths] = await page
    .locator('html')
    .evaluateAll((elements) =>
      (elements as unknown as { scrollWidth: number; clientWidth: number }[]).map(
        ({ scrollWidth, clientWidth }) => scrollWidth - clientWidth,
      ),
    );
  return widths ?? 0;
}

async function open(page: Page, title: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
  // What it loads is there.
  await page.waitForLoadState('networkidle').catch(() => {});
  await page.locator('.waiting').waitFor({ state: 'detached' });
}

describe('the look of every page', () => {
  test.each([
    ['en', 'en-US'],
    ['zh', 'zh-CN'],
  ] as const)(
    'in %s: its title, nothing cut off, nothing that axe finds serious',
    async (language, locale) => {
      const { origin } = await lived();
      const { page, go, picture, serious } = await visit(browser, origin, { locale });
      for (const [path, title] of Object.entries(pages)) {
        await go(path);
        await open(page, title[language]);
        await page.waitForTimeout(300);
        await picture(`${nameOf(path)}-${language}`);
        expect([path, await serious()]).toEqual([path, []]);
        await page.setViewportSize({ width: 390, height: 844 });
        expect([path, await overflow(page)]).toEqual([path, 0]);
        expect([path, 'phone', await serious()]).toEqual([path, 'phone', []]);
        for (const width of [768, 1010, 1070, 1100, 1190]) {
          await page.setViewportSize({ width, height: 768 });
          expect([path, width, await overflow(page)]).toEqual([path, width, 0]);
        }
        await page.setViewportSize({ width: 1280, height: 800 });
      }
    },
  );

  test('a URL is not broken within its host and port', async () => {
    const { origin } = await lived();
    const { page, go } = await visit(browser, origin);
    await go('rules');
    await page.locator('.address').first().waitFor();
    // Runs in the page: how many lines each `host:port/` takes.
    const lines = `[...document.querySelectorAll('.address')].flatMap(({ childNodes }) =>
      [...childNodes].filter(({ textContent }) => /^[\\d.]+:\\d+\\/$/u.test(textContent)).map((host) => {
        const range = document.createRange();
        range.selectNodeContents(host);
        return range.getClientRects().length;
      }))`;
    for (const width of [1280, 1100, 390]) {
      await page.setViewportSize({ width, height: 800 });
      expect([width, await page.evaluate(lines)]).toEqual([width, [1, 1, 1, 1]]);
    }
  });

  test('in dark colours: nothing that axe finds serious', async () => {
    const { origin } = await lived();
    const { page, go, picture, serious } = await visit(browser, origin);
    await page.getByRole('button', { name: 'Dark colours' }).click();
    for (const [path, title] of Object.entries(pages)) {
      await go(path);
      await open(page, title.en);
      await page.waitForTimeout(300);
      await picture(`${nameOf(path)}-dark`);
      expect([path, await serious()]).toEqual([path, []]);
    }
  });

  test('the login, and a language that is chosen stays', async () => {
    const { origin } = await lived();
    const out = await visit(browser, origin, { logsIn: false });
    await out.page.getByRole('button', { name: 'Log in' }).waitFor();
    await out.picture('login-en');
    expect(await out.serious()).toEqual([]);
    await out.page.getByLabel('Password', { exact: true }).fill('wrong password');
    await out.page.getByRole('button', { name: 'Log in' }).click();
    await out.page.getByText('Wrong password').waitFor();
    expect(await out.page.getByText('console-password').count()).toBe(1);
    await out.picture('login-wrong');
    expect(await out.serious()).toEqual([]);

    const { page } = await visit(browser, origin);
    await page.getByRole('button', { name: '中文' }).click();
    await page.getByRole('heading', { level: 1, name: '规则' }).waitFor();
    expect(await page.getByRole('navigation').innerText()).not.toMatch(/[A-Za-z]/u);
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
    await page.reload();
    await page.getByRole('heading', { level: 1, name: '规则' }).waitFor();
  });

  test('a page that nobody knows leads back, and a session that ends leads to the login', async () => {
    const { origin } = await lived();
    const { page, go } = await visit(browser, origin);
    await go('nothing');
    await page.getByText('There is no such page.').waitFor();
    await page.getByRole('link', { name: 'Go to the rules' }).click();
    await page.getByRole('table').waitFor();
    await page.context().clearCookies();
    await page.getByRole('link', { name: 'Tasks' }).click();
    await page.getByLabel('Password', { exact: true }).waitFor();
    expect(await page.getByRole('navigation').count()).toBe(0);
  });

  test('a computer without Chromium is told what to install', () => {
    vi.stubEnv('CHROMIUM_PATH', '/no/such/chromium');
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(() => browserPath()).toThrow(/apt-get install chromium.*CHROMIUM_PATH/u);
  });
});
