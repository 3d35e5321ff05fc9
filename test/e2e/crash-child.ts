/**
 * A program under load that is made to be killed: `node crash-child.ts <journal> <receiver> <first>`
 * accepts tasks in a few lanes, numbered from `first`, and delivers them; without `first` it only
 * delivers what is there, and ends. It prints a line for each thing that has become durable, and
 * for each word before it is said.
 */
import type { Journal } from '../../src/core/journal.js';
import type { Speaker } from '../../src/core/speaker.js';
import { createRunner } from '../../src/delivery/runner.js';
import { createSender } from '../../src/delivery/send.js';
import { createSqliteJournal } from '../../src/journal/open-sqlite.js';
import { callbackRule } from '../support/callback-rule.js';
import { sampleTask } from '../support/sample-task.js';

const [file = '', url = '', first] = process.argv.slice(2);
const lanes = ['a', 'b', 'c', 'd'];

const print = (what: string, id: string) => process.stdout.write(`${what} ${id}\n`);

const kept = await createSqliteJournal({ file });

/** The journal, which says aloud what is durable by now. */
const journal: Journal = {
  ...bound(kept),
  record: async (claim, step) => {
    const fenced = await kept.record(claim, step);
    if (step.kind === 'response') print('stored', claim.task.id);
    return fenced;
  },
  settle: async (claim, end, info) => {
    const fenced = await kept.settle(claim, end, info);
    print(end, claim.task.id);
    return fenced;
  },
};

/** The methods of a journal as plain functions. */
function bound(whole: Journal): Journal {
  return {
    accept: (tasks) => whole.accept(tasks),
    claim: (n, bots) => whole.claim(n, bots),
    renew: (claims) => whole.renew(claims),
    record: (claim, step) => whole.record(claim, step),
    settle: (claim, end, info) => whole.settle(claim, end, info),
    retry: (claim, at, info) => whole.retry(claim, at, info),
    find: (query) => whole.find(query),
    get: (id) => whole.get(id),
    replay: (ids) => whole.replay(ids),
    discard: (ids) => whole.discard(ids),
    stats: () => whole.stats(),
    forget: (userId) => whole.forget(userId),
    sweep: () => whole.sweep(),
    backup: (path) => whole.backup(path),
    onWork: (wake) => whole.onWork(wake),
    close: () => whole.close(),
  };
}

const speaker: Speaker = {
  prepare: async (_, replies) => replies,
  say: async ({ id }) => {
    print('said', id);
  },
  notify: async () => {},
};

/** Accepts one task after another in a lane, for ever. */
async function feed(lane: string, from: number): Promise<void> {
  for (let n = from; ; n += 1) {
    const id = `${lane}-${n}`;
    const { request } = sampleTask();
    await kept.accept([
      sampleTask({ id, lane, arrivedAt: Date.now(), request: { ...request, question: id } }),
    ]);
    print('accepted', id);
  }
}

const rule = callbackRule({ callback: { url }, retry: { backoffMs: 5 } });
const runner = createRunner({
  journal,
  rules: () => rule,
  speakers: () => speaker,
  bots: () => ['wxid_bot'],
  sender: createSender(),
});
runner.start();
print('ready', '-');
if (first === undefined) {
  for (let left = 1; left > 0; ) {
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
    const { counts } = await kept.stats();
    left = counts.waiting + counts.running;
  }
  await runner.drain(1000);
  await kept.close();
  print('finished', '-');
  process.exit();
}
await Promise.all(lanes.map((lane) => feed(lane, Number(first))));
