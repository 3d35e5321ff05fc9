import { expect, onTestFinished, test, vi } from 'vitest';
import type { Resolution } from '../../src/console/api/contract.js';
import { json, startReceiver } from '../support/receiver.js';
import { startConsole } from '../support/running-console.js';

/** A bot whose platform breaks off while it takes the second of two texts. */
async function startBroken() {
  const replies = ['一', '二', '三'].map((text) => ({ type: 'text', text }));
  const receiver = await startReceiver(json({ success: true, message: '', replies }));
  onTestFinished(async () => await receiver.close());
  const running = await startConsole({
    rules: `
server: { port: 0 }
console: { enabled: true }
journal: { store: memory }
rules:
  - { name: subscribe, keywords: [订阅], callback: { url: "${receiver.origin}/" } }
`,
  });
  const { bot, client } = running;
  let isBroken = true;
  bot.puppet.refuse = () => {
    if (!isBroken || bot.said.length !== 1) return;
    isBroken = false;
    throw Object.assign(new Error('cut'), { code: 'ECONNRESET' });
  };
  bot.hear(bot.contact('wxid_alice', { name: 'Alice' }), '订阅');
  const find = async () => await client.call('GET /tasks', undefined, '/tasks?state=unknown');
  const id = await vi.waitFor(
    async () => {
      const [ended] = (await find()).items;
      if (ended === undefined) throw new Error('It has not ended.');
      return ended.id;
    },
    { timeout: 90_000 },
  );
  const look = async () => await client.call('GET /tasks/:id', undefined, `/tasks/${id}`);
  return { ...running, id, look };
}

test.each<[Resolution, readonly string[]]>([
  ['again', ['一', '二', '三']],
  ['behind', ['一', '三']],
  ['done', ['一']],
])('an answer that may have been said goes on %s', async (as, said) => {
  const { bot, client, id, look, lines } = await startBroken();
  const before = await look();
  expect(before).toMatchObject({ said: 1, task: { state: 'unknown', reason: 'say-unknown' } });
  expect(before.task.text?.zh).toContain('请查看会话');
  expect(before.can).toEqual({
    replay: true,
    discard: false,
    resolve: ['again', 'behind', 'done'],
  });
  expect(await client.call('POST /tasks/resolve', { ids: [id], as })).toEqual({ count: 1 });
  await vi.waitFor(async () => expect((await look()).task.state).toBe('answered'), {
    timeout: 90_000,
  });
  expect(bot.texts()).toEqual(said);
  expect((await look()).can.resolve).toEqual([]);
  expect(lines.some(({ msg }) => /tasks were resolved|已处理可能已发送的任务/u.test(msg))).toBe(
    true,
  );
  expect(await client.call('POST /tasks/resolve', { ids: [id], as })).toEqual({ count: 0 });
});
