import { expect, test } from 'vitest';
import { explainWaits, nextDue } from '../../../src/core/explain-waits.js';
import type { TaskRecord } from '../../../src/core/task.js';
import { type WaitsFor, waitsForText } from '../../../src/core/waits-for.js';
import { sampleTask } from '../../support/sample-task.js';

const now = 1000;

function record(id: string, parts: Partial<TaskRecord> = {}): TaskRecord {
  const task = sampleTask({ id });
  return { task, state: 'waiting', dueAt: 0, attempts: [], said: 0, ...parts };
}

function explain(program: (record: TaskRecord) => WaitsFor | undefined = () => undefined) {
  const journal = { blockers: async () => new Map([['behind', 'head']]) };
  return explainWaits({ journal, now: () => now, program });
}

test('the one before comes first, then what the program knows, then the journal', async () => {
  const records = [
    record('behind', { dueAt: 2000 }),
    record('known', { dueAt: 2000 }),
    record('later', { dueAt: 2000 }),
    record('due', { dueAt: 1000 }),
    record('running', { state: 'running', dueAt: 2000 }),
    record('over', { state: 'dead', dueAt: 2000 }),
  ];
  const known = explain(({ task }) => (task.id === 'known' ? { kind: 'bot' } : undefined));
  expect([...(await known(records))]).toEqual([
    ['behind', { kind: 'task', task: 'head' }],
    ['known', { kind: 'bot' }],
    ['later', { kind: 'retry', at: 2000 }],
  ]);
});

test('the journal is not asked where nothing waits', async () => {
  const journal = { blockers: () => Promise.reject(new Error('Asked.')) };
  const why = explainWaits({ journal, now: () => now, program: () => undefined });
  expect((await why([record('over', { state: 'answered' })])).size).toBe(0);
});

test('a task is due next only at a moment to come that it waits for', () => {
  expect(nextDue(record('a', { dueAt: 2000 }), undefined, now)).toBe(2000);
  expect(nextDue(record('a', { dueAt: 1000 }), { kind: 'turn' }, now)).toBeUndefined();
  const behind = { kind: 'task', task: 'head' } as const;
  expect(nextDue(record('a', { dueAt: 2000 }), behind, now)).toBeUndefined();
  expect(nextDue(record('a', { state: 'dead', dueAt: 2000 }), undefined, now)).toBeUndefined();
});

test.each<[WaitsFor, string, string]>([
  [{ kind: 'task', task: 'x' }, 'behind task x', '排在任务 x 之后'],
  [{ kind: 'bot' }, 'its bot is not logged in here', '其机器人未在此登录'],
  [{ kind: 'receiver', origin: 'o', until: 5 }, 'o rests until @5', 'o 暂停至 @5'],
  [{ kind: 'rate', origin: 'o', until: 5 }, 'rate limit of o until @5', 'o 的频率上限，至 @5'],
  [{ kind: 'retry', at: 5 }, 'again at @5', '将于 @5 重试'],
  [{ kind: 'turn' }, 'about to be run', '即将执行'],
  [{ kind: 'program' }, 'the bot is not running', '机器人程序未运行'],
])('%j is said in both languages', (waitsFor, en, zh) => {
  expect(waitsForText(waitsFor, (at) => `@${at}`)).toEqual({ en, zh });
});
