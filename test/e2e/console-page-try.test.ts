import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openBrowser } from '../support/browser/open-browser.js';
import { startPageConsole } from '../support/browser/page-console.js';
import { visit } from '../support/browser/visit.js';
import { gate } from '../support/gate.js';
import { json, startReceiver } from '../support/receiver.js';

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(async () => {
  await browser.close();
});

async function running(message: string, more = '') {
  const receiver = await startReceiver(json({ success: true, message }));
  onTestFinished(async () => await receiver.close());
  const started = await startPageConsole(`server: { port: 0 }
console: { enabled: true${more} }
journal: { store: memory }
rules:
  - name: 订阅
    keywords: [订阅]
    users: { contacts: [Alice], rooms: [{ topic: 产品群 }] }
    callback: { url: "${receiver.origin}/subscribe", apiKey: top-secret-key }
  - name: room help
    keywords: [帮助]
    trigger: { in: room, mention: me }
    callback: { url: "${receiver.origin}/help" }
`);
  return { ...started, receiver };
}

const chat = (page: Page) => page.getByRole('region', { name: 'Chat with the bot' });

/** Says something in the chat of the page. */
async function say(page: Page, text: string): Promise<void> {
  await chat(page).getByLabel('Message').fill(text);
  await chat(page).getByRole('button', { name: 'Send' }).click();
}

/** Picks one of the words that a field offers. */
async function pick(page: Page, label: string, choice: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).click();
  await page.getByTitle(choice, { exact: true }).click();
}

describe('trying rules on the page', () => {
  test('the bot is talked to, and its answer is seen', async () => {
    const { origin, receiver } = await running('订阅成功');
    const { page, go, picture, serious } = await visit(browser, origin);
    await go('try');
    await say(page, '我要订阅周报');
    const lines = chat(page).getByRole('log');
    await lines.getByText('订阅成功').waitFor();
    expect(await lines.getByText('我要订阅周报').count()).toBe(1);
    expect(JSON.parse(receiver.calls[0]?.body ?? '')).toMatchObject({ userId: 'Alice' });
    await picture('try-chat');
    expect(await serious()).toEqual([]);

    await pick(page, 'Where', '产品群');
    await page.getByLabel('@ the bot').check();
    await say(page, '帮助');
    await lines.getByText('Alice in 产品群').waitFor();
    await lines.getByText('bot in 产品群').waitFor();
    expect(await lines.getByText('bot to Alice').count()).toBe(1);
    expect(await lines.getByText('Alice to the bot').count()).toBe(1);
    await expect
      .poll(() => receiver.calls.map(({ path }) => path))
      .toEqual(['/subscribe', '/help']);
  });

  test('what is said elsewhere is seen as it happens', async () => {
    const { origin, puppet } = await running('好');
    const { page, go } = await visit(browser, origin);
    await go('try');
    await chat(page).getByText('Say something').waitFor();
    puppet.hear('订阅', { name: 'Alice' });
    const answer = chat(page).getByRole('log').getByText('好', { exact: true });
    await answer.waitFor();
    expect(await answer.count()).toBe(1);
  });

  test('what is said before the stream is open is seen, too', async () => {
    const { origin, puppet, receiver } = await running('好');
    const { page, go } = await visit(browser, origin);
    const stream = gate();
    await page.route('**/console/api/live*', async (route) => {
      await stream.opened;
      await route.continue();
    });
    await go('try');
    await chat(page).getByText('Say something').waitFor();
    puppet.hear('订阅', { name: 'Alice' });
    await expect.poll(() => receiver.calls.length).toBe(1);
    stream.open();
    await chat(page).getByRole('log').getByText('好', { exact: true }).waitFor();
  });

  test('on a phone the verdicts come into sight', async () => {
    const { origin } = await running('好');
    const { page, go } = await visit(browser, origin, { size: 'phone' });
    await go('try');
    await page.getByLabel('Text', { exact: true }).fill('我要订阅');
    const verdicts = page.getByRole('region', { name: 'What the rules say' });
    // Whether all of it stands above the bar at the bottom.
    const isInSight = async () => {
      const { y = 0, height = 0 } = (await verdicts.boundingBox()) ?? {};
      return height > 0 && y + height < 844 - 60;
    };
    expect(await isInSight()).toBe(false);
    await page.getByRole('button', { name: 'Try', exact: true }).click();
    await verdicts.getByText('0 of 2 rules match.').waitFor();
    await expect.poll(isInSight).toBe(true);
    expect(await verdicts.evaluate((it) => it === it.ownerDocument.activeElement)).toBe(true);
  });

  test('with `private` the chat shows a text after a click only, and the click is noted', async () => {
    const { origin, puppet, lines } = await running('秘密答复', ', private: true');
    const { page, go, picture, serious } = await visit(browser, origin);
    await go('try');
    await chat(page).getByText('Say something').waitFor();
    puppet.hear('订阅 机密', { name: 'Alice' });
    const shows = chat(page).getByRole('button', { name: 'Show text' });
    await expect.poll(() => shows.count()).toBe(2);
    await page.reload();
    await expect.poll(() => shows.count()).toBe(2);
    expect(await page.content()).not.toMatch(/机密|秘密/u);
    await picture('try-private');
    expect(await serious()).toEqual([]);
    const noted = () => lines.filter(({ msg }) => msg.includes('console.private')).length;
    expect(noted()).toBe(0);
    await shows.last().click();
    await chat(page).getByText('秘密答复').waitFor();
    expect(await page.content()).not.toContain('机密');
    expect(noted()).toBe(1);
    expect(JSON.stringify(lines)).not.toMatch(/机密|秘密/u);
  });

  test('every rule says whether it would answer, and why not', async () => {
    const { origin, receiver, said } = await running('订阅成功 top-secret-key');
    const { page, go, picture, serious } = await visit(browser, origin);
    await go('try');
    await page.getByLabel('Text', { exact: true }).fill('我要订阅');
    await page.getByLabel('Who says it').fill('Bob');
    await page.getByRole('button', { name: 'Try', exact: true }).click();
    const verdicts = page.getByRole('region', { name: 'What the rules say' });
    await verdicts.getByText('0 of 2 rules match.').waitFor();
    await verdicts.getByText(/Bob/u).first().waitFor();

    await page.getByLabel('Who says it').fill('Alice');
    await page.getByLabel('What it quotes').fill('周报出来了');
    await page.getByRole('button', { name: 'Try', exact: true }).click();
    await verdicts.getByText('1 of 2 rules matches.').waitFor();
    await verdicts.getByText('周报出来了', { exact: true }).waitFor();
    await picture('try-verdicts');
    expect(await serious()).toEqual([]);
    await verdicts.getByRole('button', { name: 'Call the receiver of 订阅' }).click();
    await verdicts.getByText('The bot would say').waitFor();
    await picture('try-call');
    expect(await serious()).toEqual([]);
    expect(await page.content()).not.toContain('top-secret-key');
    expect(receiver.calls).toHaveLength(1);
    expect(said).toEqual([]);
  });
});
