/**
 * Delivery with tasks kept on disk: tasks per second from being accepted to being answered and
 * settled in an SQLite journal, against a bare loop of posts with got to the same receiver, which
 * is a process of its own, as many at a time. Run: npm run bench
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { got } from 'got';
import { createSqliteJournal } from '../src/journal/open-sqlite.js';
import { benchRequest, startBenchDelivery } from './support/delivery.js';
import { startInstantReceiver } from './support/instant-receiver.js';
import { perSecond } from './support/per-second.js';
import { median, show } from './support/statistics.js';

const burst = 5000;
const rounds = 7;
const together = 64;
const amount = { count: burst, together };

const folder = mkdtempSync(join(tmpdir(), 'wechaty-callback-bench-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

const receiver = await startInstantReceiver();
const agent = { http: new Agent({ keepAlive: true }) };
const journal = await createSqliteJournal({
  file: join(folder, 'throughput.db'),
  retention: { ageMs: 0, tasks: 0 },
});
const delivery = startBenchDelivery(receiver.url, together, journal);

/** Posts by hand. */
const byHand = () =>
  perSecond(amount, () => got.post(receiver.url, { json: benchRequest, agent }).json());

/** Tasks that come one by one, each kept on disk before the next of its source comes. */
async function byDelivery(): Promise<number> {
  const start = performance.now();
  await perSecond(amount, () => delivery.accept(1));
  await delivery.answered();
  return burst / ((performance.now() - start) / 1000);
}

const hand: number[] = [];
const mine: number[] = [];
// The first two rounds warm up.
for (let round = -2; round < rounds; round += 1) {
  const first = await byHand();
  const second = await byDelivery();
  if (round < 0) continue;
  hand.push(first);
  mine.push(second);
}
await delivery.close();
receiver.stop();
agent.http.destroy();
const ratio = median(mine.map((value, index) => value / (hand[index] ?? 0)));
console.log(`posts per second by hand         ${show(median(hand))}`);
console.log(`tasks per second, kept on disk   ${show(median(mine))}, ratio ${show(ratio, 3)}`);
console.log('goal: a ratio of at least 0.5');
