import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Journal } from '../../src/core/journal.js';
import { CallbackPlugin } from '../../src/index.js';
import { createMemoryJournal } from '../../src/journal/memory-journal.js';
import { createSqliteJournal } from '../../src/journal/open-sqlite.js';
import { freePort } from '../support/free-port.js';
import { startMockBot } from '../support/mock-bot.js';
import { json, startReceiver } from '../support/receiver.js';
import { startDelivery } from '../support/running-delivery.js';
import { temporaryFolder } from '../support/temporary-folder.js';

test('a receiver that is gone holds no answer of another one back', async () => {
  const receiver = await startReceiver(json({ success: true, message: 'healthy' }));
  const nobody = `http://127.0.0.1:${await freePort()}`;
  const plugin = CallbackPlugin({
    rules: [
      { name: 'broken', keywords: ['坏'], callback: { url: nobody, retry: { attempts: 20 } } },
      { name: 'healthy', keywords: ['好'], callback: { url: receiver.origin } },
    ],
    journal: { store: `sqlite:${join(temporaryFolder().path, 'callback.db')}` },
    log: { level: 'silent' },
  });
  const mock = await startMockBot((bot) => {
    bot.use(plugin);
  });
  onTestFinished(async () => {
    await plugin.close({ graceMs: 100 });
    await mock.stop();
    await receiver.close();
  });
  await plugin.ready;
  const alice = mock.contact('wxid_alice');
  for (let n = 0; n < 3; n += 1) mock.hear(alice, '坏');
  mock.hear(alice, '好');
  // The three would take minutes.
  await mock.saidSoFar(1);
  expect(mock.said).toMatchObject([{ kind: 'text', text: 'healthy' }]);
});

const homes: readonly (readonly [string, () => Promise<Journal>])[] = [
  ['in memory', async () => createMemoryJournal()],
  ['in a file', () => createSqliteJournal({ file: join(temporaryFolder().path, 'x.db') })],
];

/** A tenth of what `order: receiver` waits. */
const holdMs = 1000;

test.each(homes)(
  'behind one gateway, later tasks pass those that wait when these had their time, %s',
  async (_, open) => {
    const delivery = await startDelivery({ journal: await open() });
    onTestFinished(() => delivery.stop());
    delivery.receiver.behave((response, call) => {
      const isBroken = call.path === '/broken';
      if (isBroken) response.writeHead(503, { 'retry-after': '30' }).end();
      else void json({ success: true, message: 'healthy' })(response, call);
    });
    const { origin } = delivery.receiver;
    delivery.setRule({ name: 'broken', callback: { url: `${origin}/broken` } });
    delivery.setRule({ name: 'healthy', callback: { url: `${origin}/healthy` } });
    const start = performance.now();
    const lane = 'alice';
    for (let n = 0; n < 3; n += 1) await delivery.accept({ rule: 'broken', lane, holdMs });
    const healthy = await delivery.accept({ rule: 'healthy', lane, holdMs });
    expect((await delivery.settled(healthy)).state).toBe('answered');
    const took = performance.now() - start;
    expect(took).toBeGreaterThan(holdMs - 10);
    // Counted for each of the three, it would be at least three times as long.
    expect(took).toBeLessThan(3 * holdMs);
    expect(delivery.receiver.calls.map(({ path }) => path)).toEqual([
      '/broken',
      '/broken',
      '/broken',
      '/healthy',
    ]);
    const { counts } = await delivery.journal.stats();
    expect(counts).toMatchObject({ waiting: 3, answered: 1 });
    // Nothing of it waits any more: the next is called at once.
    const next = await delivery.accept({ rule: 'healthy', lane, holdMs });
    await vi.waitFor(() => expect(delivery.receiver.calls).toHaveLength(5));
    expect((await delivery.settled(next)).state).toBe('answered');
  },
);
