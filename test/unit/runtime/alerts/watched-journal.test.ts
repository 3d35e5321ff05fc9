import { beforeEach, expect, test } from 'vitest';
import type { FailedTask } from '../../../../src/alerts/failed-tasks.js';
import { CallbackError } from '../../../../src/core/errors.js';
import type { Journal } from '../../../../src/core/journal.js';
import type { TaskEnd } from '../../../../src/core/task.js';
import { createMemoryJournal } from '../../../../src/journal/memory-journal.js';
import { watchedJournal } from '../../../../src/runtime/alerts/watched-journal.js';
import { sampleTask } from '../../../support/sample-task.js';

let real: Journal;
let told: string[];
let failed: FailedTask[];
let journal: Journal;

beforeEach(() => {
  real = createMemoryJournal();
  told = [];
  failed = [];
  const watch = {
    failed: (operation: string) => told.push(`${operation} failed`),
    worked: (operation: string) => told.push(`${operation} worked`),
    lost: () => told.push('lost'),
    found: () => told.push('found'),
  };
  journal = watchedJournal(real, { watch, taskFailed: (task) => failed.push(task) });
});

async function settled(id: string, end: TaskEnd, reason?: string) {
  await journal.accept([sampleTask({ id, eventId: id, lane: id })]);
  const [claim] = await journal.claim(1, ['wxid_bot']);
  if (claim === undefined) throw new Error('Nothing to claim.');
  const info = reason === undefined ? {} : { reason };
  const first = await journal.settle(claim, end, info);
  return [first, await journal.settle(claim, end, info)];
}

test('tells which tasks ended because their bot stayed away, and none that people discarded', async () => {
  const tasks = ['1', '2', '3'].map((id) => sampleTask({ id, eventId: id, lane: id }));
  await journal.accept(tasks);
  const reason = 'expired: bot-offline';
  expect(await journal.discard(['1', 'gone'], { end: 'dead', reason })).toBe(1);
  expect(await journal.discard(['1', '2'], { end: 'unknown', reason: 'say-unknown' })).toBe(1);
  expect(await journal.discard(['3'])).toBe(1);
  const { rule } = sampleTask();
  expect(failed).toEqual([
    { rule, reason },
    { rule, reason: 'say-unknown' },
  ]);
});

test('tasks that end without an answer are told, each once', async () => {
  expect(await settled('a', 'dead', 'http-500')).toEqual(['ok', 'stale']);
  await settled('b', 'answered');
  await settled('d', 'refused', 'refused');
  await settled('c', 'dropped', 'too-late');
  expect(failed).toEqual([
    { rule: 'subscribe', reason: 'http-500' },
    { rule: 'subscribe', reason: 'too-late' },
  ]);
});

test('how the calls end is told, of those that the bot makes', async () => {
  await settled('a', 'answered');
  await journal.stats();
  await journal.find({});
  expect(told).toEqual(['accept worked', 'claim worked', 'settle worked', 'settle worked']);
});

test('a call that fails is told, and fails for who made it', async () => {
  const full = new CallbackError('journal-full', { text: { en: 'full', zh: '已满' } });
  const closed = new CallbackError('journal-closed', { text: { en: 'closed', zh: '已关闭' } });
  const broken: Journal = {
    ...real,
    accept: async () => await Promise.reject(full),
    claim: async () => await Promise.reject(closed),
    find: async () => await Promise.reject(full),
  };
  const watch = {
    failed: (operation: string, error: unknown) => told.push(`${operation} ${String(error)}`),
    worked: () => {},
    lost: () => {},
    found: () => {},
  };
  const watched = watchedJournal(broken, { watch, taskFailed: () => {} });
  await expect(watched.accept([])).rejects.toBe(full);
  await expect(watched.claim(1, [])).rejects.toBe(closed);
  await expect(watched.find({})).rejects.toBe(full);
  expect(told).toEqual([`accept ${String(full)}`]);
});
