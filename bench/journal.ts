/**
 * Keeping tasks on disk: `accept` of the SQLite journal, against an awaited write and `datasync` of
 * the same bytes; and how soon work begins when many tasks wait at the start.
 * Run: npm run bench
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Task } from '../src/core/task.js';
import { createSqliteJournal } from '../src/journal/open-sqlite.js';
import { perSecond } from './support/per-second.js';
import { median, quantile, show } from './support/statistics.js';

const rounds = 5;
const alone = 1000;
const together = 20_000;
const backlog = 100_000;

const folder = mkdtempSync(join(tmpdir(), 'wechaty-callback-bench-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

let made = 0;

/** A task of a talker in a group, as a bot makes it. */
function nextTask(): Task {
  made += 1;
  return {
    id: createHash('sha256').update(`${made}`).digest('base64url'),
    botId: 'wxid_bot',
    lane: `wxid_bot:room-1:talker-${made % 1000}`,
    rule: 'subscribe',
    event: 'message',
    eventId: `event-${made}`,
    conversation: { kind: 'room', id: 'room-1' },
    request: {
      question: '订阅 周报，谢谢',
      userId: `talker-${made % 1000}`,
      isSelf: false,
      variables: { city: '广州' },
    },
    arrivedAt: Date.now(),
  };
}

interface Run {
  readonly times: readonly number[];
  readonly perSecond: number;
}

/** So many callers, each with one call at a time. */
async function measure(calls: number, callers: number, call: () => Promise<unknown>): Promise<Run> {
  const times: number[] = [];
  const timed = async () => {
    const start = performance.now();
    await call();
    times.push(performance.now() - start);
  };
  return { times, perSecond: await perSecond({ count: calls, together: callers }, timed) };
}

const journal = await createSqliteJournal({ file: join(folder, 'accept.db') });
const relaxed = await createSqliteJournal({
  file: join(folder, 'process.db'),
  durability: 'process',
});
const bare = await open(join(folder, 'bare'), 'a');
const accept = () => journal.accept([nextTask()]);
const acceptRelaxed = () => relaxed.accept([nextTask()]);
const write = async () => {
  await bare.write(JSON.stringify(nextTask()));
  await bare.datasync();
};

const figures = { bare: [] as Run[], one: [] as Run[], many: [] as Run[], process: [] as Run[] };
const delays = monitorEventLoopDelay({ resolution: 1 });
for (let round = -1; round < rounds; round += 1) {
  const byHand = await measure(alone, 1, write);
  const one = await measure(alone, 1, accept);
  if (round >= 0) delays.enable();
  const many = await measure(together, 64, accept);
  delays.disable();
  const process = await measure(together, 64, acceptRelaxed);
  if (round < 0) continue;
  figures.bare.push(byHand);
  figures.one.push(one);
  figures.many.push(many);
  figures.process.push(process);
}
await journal.close();
await relaxed.close();
await bare.close();

const at = (runs: readonly Run[], p: number) => median(runs.map(({ times }) => quantile(times, p)));
const rate = (runs: readonly Run[]) => median(runs.map((run) => run.perSecond));
const row = (label: string, runs: readonly Run[]) => {
  const cells = [show(at(runs, 0.5), 3), show(at(runs, 0.99), 3), show(rate(runs))];
  console.log(label.padEnd(30) + cells.map((cell) => cell.padStart(12)).join(''));
};
console.log(`median of ${rounds} rounds                  p50, ms     p99, ms  per second`);
row('write + datasync', figures.bare);
row('accept, 1 caller', figures.one);
row('accept, 64 callers', figures.many);
row('the same, durability: process', figures.process);
const ratio = (p: number) => show(at(figures.one, p) / at(figures.bare, p), 2);
console.log(`1 caller against write + datasync: p50 ${ratio(0.5)}, p99 ${ratio(0.99)}`);
console.log(`event loop delay with 64 callers: p99 ${show(delays.percentile(99) / 1e6, 1)} ms`);

const file = join(folder, 'backlog.db');
const filled = await createSqliteJournal({ file });
for (let n = 0; n < backlog; n += 1000) {
  await filled.accept(Array.from({ length: 1000 }, nextTask));
}
await filled.close();
const starts: number[] = [];
for (let round = 0; round < rounds; round += 1) {
  const start = performance.now();
  const opened = await createSqliteJournal({ file });
  const claims = await opened.claim(1, ['wxid_bot']);
  if (claims.length !== 1) throw new Error('nothing to claim');
  starts.push(performance.now() - start);
  await opened.close();
}
console.log(`start with ${show(backlog)} waiting to the first claim: ${show(median(starts))} ms`);
console.log(
  'goals: p50 at most 2 with 1 caller; 30,000 per second with 64; first claim in 1,000 ms',
);
