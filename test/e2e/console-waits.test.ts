import { expect, onTestFinished, test, vi } from 'vitest';
import { startReceiver, status } from '../support/receiver.js';
import { startConsole } from '../support/running-console.js';

test('the console says what tasks wait for', async () => {
  const receiver = await startReceiver(status(503, { 'retry-after': '60' }));
  onTestFinished(() => receiver.close());
  const rules = `
server: { port: 0 }
console: { enabled: true }
journal: { store: memory }
rules:
  - { name: subscribe, keywords: [订阅], callback: { url: "${receiver.origin}" } }
`;
  const { client, bot } = await startConsole({ rules });
  const alice = bot.contact('alice');
  bot.hear(alice, '订阅 一');
  await vi.waitFor(() => expect(receiver.calls).toHaveLength(1));
  bot.hear(alice, '订阅 二');
  await vi.waitFor(async () => {
    const { items } = await client.call('GET /tasks');
    const [second, first] = items;
    const at = first?.dueAt;
    expect(at).toBeGreaterThan(Date.now() + 30_000);
    expect(first?.waitsFor).toEqual({ kind: 'retry', at });
    expect(second?.waitsFor).toEqual({ kind: 'task', task: first?.id });
    expect(second).not.toHaveProperty('dueAt');
    const path = `/tasks/${second?.id}`;
    const detail = await client.call('GET /tasks/:id', undefined, path);
    expect(detail.task.waitsFor).toEqual({ kind: 'task', task: first?.id });
  });
});
