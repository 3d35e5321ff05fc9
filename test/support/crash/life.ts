/**
 * A program that delivers under load and is made to be killed: `node life.js '<LifeOptions>'`
 * accepts tasks in a few lanes and delivers them, together with what former lives have left. Told
 * to end (SIGTERM), it accepts no more, brings everything to its end and exits with 0.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Journal } from '../../../src/core/journal.js';
import type { Speaker } from '../../../src/core/speaker.js';
import { createRunner } from '../../../src/delivery/runner.js';
import { createSender } from '../../../src/delivery/send.js';
import { createSqliteJournal } from '../../../src/journal/open-sqlite.js';
import { callbackRule } from '../callback-rule.js';
import { sampleTask } from '../sample-task.js';
import { openEvidence, type What } from './evidence.js';
import type { LifeOptions } from './life-options.js';
import { lanes, seededRandom } from './load.js';

const options = JSON.parse(process.argv[2] ?? '{}') as LifeOptions;
const { life, leaseMs } = options;
const write = openEvidence(options.evidence);
const note = (what: What, id: string) => write({ life, what, id });
const random = seededRandom(options.seed);

/** Enough to keep every lane busy, and soon done. */
const mostUnsettled = 40;
const longestWordMs = 4;

const ending = new AbortController();
if (!options.feeds) ending.abort();
process.once('SIGTERM', () => ending.abort());

process.stdout.write('opening\n');
const kept = await createSqliteJournal({ file: options.journal, ...(leaseMs && { leaseMs }) });
const before = await kept.stats();
let unsettled = before.counts.waiting + before.counts.running;

/** The journal; what has become durable by now is noted. */
const journal: Journal = new Proxy(kept, {
  get: (whole, name: keyof Journal) => overrides[name] ?? whole[name].bind(whole),
});
const overrides: Partial<Journal> = {
  record: async (claim, step) => {
    const fenced = await kept.record(claim, step);
    if (step.kind === 'response' && fenced === 'ok') note('stored', claim.task.id);
    return fenced;
  },
  settle: async (claim, end, info) => {
    const fenced = await kept.settle(claim, end, info);
    if (fenced === 'ok') unsettled -= 1;
    return fenced;
  },
};

const speaker: Speaker = {
  prepare: async (_, replies) => replies,
  say: async (_, part) => {
    await pause(random() * longestWordMs);
    if (part.type === 'text') note('said', part.text);
    await pause(random() * longestWordMs);
  },
  notify: async () => {},
};

/** Accepts one task after another in a lane. */
async function feed(lane: string): Promise<void> {
  const { request } = sampleTask();
  for (let n = 1; !ending.signal.aborted; n += 1) {
    if (unsettled >= mostUnsettled) {
      await pause(2);
      continue;
    }
    unsettled += 1;
    const id = `${lane}.${life}.${n}`;
    const task = { id, lane, arrivedAt: Date.now(), request: { ...request, question: id } };
    await kept.accept([sampleTask(task)]);
    note('accepted', id);
  }
}

const rule = callbackRule({
  callback: { url: options.url, headers: { 'x-life': `${life}` } },
  retry: { backoffMs: 40 },
  // However long the run takes: nothing may expire.
  reply: { withinMs: 24 * 60 * 60 * 1000 },
});
const sender = createSender();
const runner = createRunner({
  journal,
  rules: () => rule,
  speakers: () => speaker,
  bots: () => ['wxid_bot'],
  sender,
  random,
  breaker: { maxFailures: 5, pauseMs: 20, maxPauseMs: 100 },
});
runner.start();
process.stdout.write('ready\n');
await Promise.all(lanes.map(feed));
for (let left = 1; left > 0; ) {
  await pause(20);
  const { counts } = await kept.stats();
  left = counts.waiting + counts.running;
}
await runner.drain(1000);
sender.close();
await kept.close();
