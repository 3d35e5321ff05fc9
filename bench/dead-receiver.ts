/**
 * How long a healthy receiver's answer takes while tasks of the same talker wait for one that is
 * gone: before (`order: sender`) and after (`order: receiver`), each task kept on disk.
 * Run: npm run bench
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rule as ruleSchema } from '../src/config/schema/rule.js';
import type { BotEvent } from '../src/core/event.js';
import type { Order, Rule } from '../src/core/rule.js';
import type { Speaker } from '../src/core/speaker.js';
import { createTask } from '../src/delivery/create-task.js';
import { createRunner } from '../src/delivery/runner.js';
import { createSender } from '../src/delivery/send.js';
import { createSqliteJournal } from '../src/journal/open-sqlite.js';
import { startInstantReceiver } from './support/instant-receiver.js';
import { median, quantile, show } from './support/statistics.js';

const amounts = [0, 1, 10, 100];
/** Held back by a task that waits, the answer may take minutes: so long it is waited for, in ms. */
const patienceMs = 30_000;
/** Before: talkers who each wait once, at the same time. After: answers one by one, by rounds. */
const talkers = 20;
const answers = 300;
const rounds = 9;

const folder = mkdtempSync(join(tmpdir(), 'wechaty-callback-bench-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
const receiver = await startInstantReceiver();
const nobody = await unusedAddress();

interface Times {
  readonly p50: number[];
  readonly p99: number[];
}

/** A journal and a bot of their own, so that nothing of one measurement is left for the next. */
async function start(order: Order) {
  const rules = new Map<string, Rule>(
    [
      ['broken', nobody],
      ['healthy', receiver.url],
    ].map(([name, url]) => [`${name}`, ruleSchema.parse({ name, order, callback: { url } })]),
  );
  const file = join(folder, `${order}-${started}.db`);
  started += 1;
  const journal = await createSqliteJournal({ file });
  const waiting = new Map<string, () => void>();
  const speaker: Speaker = {
    prepare: async (_task, replies) => replies,
    say: async ({ id }) => waiting.get(id)?.(),
    notify: async () => {},
  };
  const sender = createSender();
  const runner = createRunner({
    journal,
    sender,
    rules: (name) => rules.get(name),
    speakers: () => speaker,
    bots: () => ['bot'],
  });
  runner.start();
  const taskOf = (name: string, talker: string) => {
    const rule = rules.get(name);
    if (rule === undefined) throw new Error(name);
    made += 1;
    return createTask(eventOf(`${made}`, talker), { rule, question: '周报', groups: {} });
  };
  return {
    /** Has so many tasks of a talker wait for the receiver that is gone. */
    wait: (count: number, talker: string) =>
      journal.accept(Array.from({ length: count }, () => taskOf('broken', talker))),
    /** How long the answer takes, in ms; no longer than the patience. */
    ask: async (talker: string): Promise<number> => {
      const task = taskOf('healthy', talker);
      const begun = performance.now();
      await journal.accept([task]);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, patienceMs);
        waiting.set(task.id, () => {
          clearTimeout(timer);
          resolve();
        });
      });
      return performance.now() - begun;
    },
    stop: async () => {
      await runner.drain(0);
      sender.close();
      await journal.close();
    },
  };
}
let started = 0;
let made = 0;

function eventOf(id: string, talker: string): BotEvent {
  return {
    id,
    name: 'message',
    botId: 'bot',
    platform: 'bench',
    at: Date.now(),
    user: { id: talker, name: '', alias: '', tags: [], roles: ['friend'] },
    isSelf: false,
    conversation: { kind: 'contact', id: talker },
    variables: {},
  };
}

/** An address where nobody listens. */
async function unusedAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}/`;
}

/** Everything of a talker in turn: talkers who do not wait for each other. */
async function before(amount: number): Promise<Times> {
  const bot = await start('sender');
  const names = Array.from({ length: talkers }, (_, index) => `talker-${index}`);
  for (const name of names) await bot.wait(amount, name);
  const times = await Promise.all(names.map((name) => bot.ask(name)));
  await bot.stop();
  return { p50: [quantile(times, 0.5)], p99: [quantile(times, 0.99)] };
}

async function askOneByOne(amount: number): Promise<readonly number[]> {
  const bot = await start('receiver');
  await bot.wait(amount, 'talker');
  const times: number[] = [];
  for (let index = 0; index < answers; index += 1) times.push(await bot.ask('talker'));
  await bot.stop();
  return times;
}

/** By rounds, in which the amounts take turns. */
async function after(): Promise<ReadonlyMap<number, Times>> {
  const all = new Map<number, Times>(amounts.map((amount) => [amount, { p50: [], p99: [] }]));
  for (let round = -2; round < rounds; round += 1) {
    for (const amount of round % 2 === 0 ? amounts : amounts.toReversed()) {
      const times = await askOneByOne(amount);
      if (round < 0) continue;
      all.get(amount)?.p50.push(quantile(times, 0.5));
      all.get(amount)?.p99.push(quantile(times, 0.99));
    }
  }
  return all;
}

function cell(ms: number): string {
  return (ms >= patienceMs ? `> ${show(patienceMs)}` : show(ms, 2)).padStart(12);
}

const now = await after();
const alone = now.get(0)?.p99 ?? [];
console.log('tasks that wait    before p50  before p99   after p50   after p99, ms   ratio of p99');
for (const amount of amounts) {
  const former = await before(amount);
  const { p50 = [], p99 = [] } = now.get(amount) ?? {};
  const ratio = median(p99.map((value, round) => value / (alone[round] ?? 0)));
  const figures = [former.p50, former.p99, p50, p99].map((values) => cell(median(values)));
  console.log([show(amount).padStart(15), ...figures, show(ratio, 2).padStart(19)].join(''));
}
console.log('goal: a p99 at most 1.2 times that without the receiver that is gone');
receiver.stop();
