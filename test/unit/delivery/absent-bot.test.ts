import { afterEach, expect, test, vi } from 'vitest';
import type { Task } from '../../../src/core/task.js';
import { createMemoryJournal } from '../../../src/journal/memory-journal.js';
import {
  type DeliveryWishes,
  notingSpeaker,
  type RunningDelivery,
  startDelivery,
} from '../../support/running-delivery.js';
import { sampleTask } from '../../support/sample-task.js';

const absent = { botId: 'wxid_absent' };
const quickly = { graceMs: 20, everyMs: 10 };
const offline = { state: 'dead', reason: 'expired: bot-offline', attempts: [] };

let delivery: RunningDelivery;

async function start({ absence = quickly, ...wishes }: DeliveryWishes = {}): Promise<void> {
  const rule = { reply: { withinMs: 100, onFailure: '稍后再试' } };
  delivery = await startDelivery({ rule, absence, ...wishes });
}

afterEach(() => delivery.stop());

/** Keeps a task whose answer is there, and of whose first part nobody knows whether it was said. */
async function tryToSay(task: Task): Promise<void> {
  const { journal } = delivery;
  await journal.accept([task]);
  const [claim] = await journal.claim(1, [task.botId]);
  if (claim?.task.id !== task.id) throw new Error('Another task came first.');
  const response = { replies: [{ type: 'text', text: '好' }] } as const;
  const attempt = { startedAt: task.arrivedAt, durationMs: 1 };
  await journal.record(claim, { kind: 'response', response, attempt });
  await journal.retry(claim, Date.now() + 3_600_000, { unsureAt: Date.now() });
}

/** Waits until such tasks were looked for several times from now on. */
async function looked(): Promise<void> {
  const find = vi.spyOn(delivery.journal, 'find');
  await vi.waitFor(() => expect(find.mock.calls.length).toBeGreaterThan(5));
}

const warnings = () => delivery.log.filter(({ level }) => level === 'warn');

test('a task whose bot never logs in ends when its time is over, and the operator is warned', async () => {
  await start();
  const task = await delivery.accept(absent);
  const record = await delivery.settled(task);
  expect(record).toMatchObject(offline);
  expect((record.settledAt ?? 0) - task.arrivedAt).toBeGreaterThanOrEqual(100);
  expect(delivery.receiver.calls).toHaveLength(0);
  expect(delivery.speaker.words).toEqual([]);
  expect(warnings()).toMatchObject([
    {
      text: expect.stringContaining('Log the account in') as string,
      zh: expect.stringContaining('请登录账号') as string,
      fields: { rule: 'subscribe', bot: absent.botId, tasks: 1, reason: 'expired: bot-offline' },
    },
  ]);
});

test('all of them end, those that wait behind others too, with a warning for many', async () => {
  await start();
  const old = { ...absent, arrivedAt: Date.now() - 1000 };
  const tasks = Array.from({ length: 250 }, (_, index) => {
    const id = `old-${index}`;
    return sampleTask({ ...old, id, eventId: id, lane: `${index % 3}` });
  });
  await delivery.journal.accept(tasks);
  for (const task of tasks) expect(await delivery.settled(task)).toMatchObject(offline);
  const told = warnings().map(({ fields }) => Number(fields['tasks']));
  expect(told.reduce((sum, count) => sum + count, 0)).toBe(250);
  expect(told.length).toBeLessThan(10);
});

test('a task whose rule is gone ends as one', async () => {
  await start();
  const arrivedAt = Date.now() - 6 * 60_000;
  const record = await delivery.settled(
    await delivery.accept({ ...absent, rule: 'gone', arrivedAt }),
  );
  expect(record).toMatchObject({ state: 'dead', reason: 'rule-gone' });
});

test.each([
  ['its bot stays away', {}],
  ['its rule is gone too', { rule: 'gone', arrivedAt: Date.now() - 6 * 60_000 }],
])('what may have been said already ends unknown when %s', async (_why, parts) => {
  await start({ rule: { reply: { withinMs: 60_000 } } });
  const old = { ...absent, arrivedAt: Date.now() - 61_000, ...parts };
  const task = sampleTask({ ...old, id: 'unsure', eventId: 'unsure', lane: 'unsure' });
  await tryToSay(task);
  const sure = await delivery.accept(old);
  const record = await delivery.settled(task);
  expect(record).toMatchObject({ state: 'unknown', reason: 'say-unknown', said: 0 });
  expect(await delivery.settled(sure)).toMatchObject({ state: 'dead' });
  const warning = warnings().find(({ fields }) => fields['reason'] === 'say-unknown');
  expect(warning).toMatchObject({ fields: { rule: task.rule, bot: absent.botId, tasks: 1 } });
  expect(warning?.text).toMatch(/resolve ID` with --again/u);
  expect(warning?.text).not.toMatch(/given up/u);
});

test('tasks of bots that are here, or have time, or need no bot, are left alone', async () => {
  await start({ rule: { reply: { withinMs: 60_000 } } });
  const inTime = await delivery.accept(absent);
  const here = await delivery.accept();
  const { conversation: _nowhere, ...mute } = sampleTask({ ...absent, id: 'mute', lane: 'mute' });
  await delivery.journal.accept([{ ...mute, arrivedAt: Date.now() }]);
  expect(await delivery.settled(here)).toMatchObject({ state: 'answered' });
  expect(await delivery.settled({ ...mute })).toMatchObject({ state: 'answered' });
  await looked();
  expect(await delivery.journal.get(inTime.id)).toMatchObject({ state: 'waiting' });
  const speaker = notingSpeaker();
  delivery.online.set(absent.botId, speaker);
  delivery.runner.wake();
  expect(await delivery.settled(inTime)).toMatchObject({ state: 'answered' });
  expect(speaker.words).toEqual(['room-1: ok']);
});

test('a bot that comes back soon tells the chat itself that it is too late', async () => {
  await start({ absence: { graceMs: 60_000, everyMs: 10 } });
  const task = await delivery.accept({ ...absent, arrivedAt: Date.now() - 1000 });
  await looked();
  const speaker = notingSpeaker();
  delivery.online.set(absent.botId, speaker);
  delivery.runner.wake();
  expect(await delivery.settled(task)).toMatchObject(offline);
  expect(speaker.words).toEqual(['room-1: 稍后再试']);
  expect(warnings()).toMatchObject([{ fields: { task: task.id } }]);
});

test('a bot that left is waited for anew', async () => {
  await start({ absence: { graceMs: 60_000, everyMs: 10 } });
  delivery.online.delete('wxid_bot');
  delivery.runner.wake();
  const task = await delivery.accept({ arrivedAt: Date.now() - 1000 });
  await looked();
  expect(await delivery.journal.get(task.id)).toMatchObject({ state: 'waiting' });
});

test('tasks of a bot that is at work in another program are left to it', async () => {
  const isElsewhere = vi.fn<(botId: string) => boolean>(() => true);
  await start({ absence: { ...quickly, isElsewhere } });
  const task = await delivery.accept(absent);
  await vi.waitFor(() => expect(isElsewhere.mock.calls.length).toBeGreaterThan(15));
  expect(isElsewhere).toHaveBeenCalledWith(absent.botId);
  expect(await delivery.journal.get(task.id)).toMatchObject({ state: 'waiting' });
  isElsewhere.mockReturnValue(false);
  expect(await delivery.settled(task)).toMatchObject(offline);
});

test('tasks younger than the shortest time are not even looked at', async () => {
  const journal = createMemoryJournal();
  const find = vi.spyOn(journal, 'find');
  await start({ journal, absence: { ...quickly, shortestWithinMs: () => 5000 } });
  await delivery.accept(absent);
  await vi.waitFor(() => expect(find.mock.calls.length).toBeGreaterThan(3));
  for (const { value } of find.mock.settledResults) expect(value).toEqual([]);
});
