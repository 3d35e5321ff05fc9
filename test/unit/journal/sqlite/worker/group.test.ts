import { join } from 'node:path';
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { expect, onTestFinished, test } from 'vitest';
import type { CallMessage, CallResult } from '../../../../../src/journal/sqlite/calls.js';
import { Group } from '../../../../../src/journal/sqlite/worker/group.js';
import { handleFile } from '../../../../../src/journal/sqlite/worker/handlers.js';
import { openDatabase } from '../../../../../src/journal/sqlite/worker/open-database.js';
import { toRow } from '../../../../../src/journal/task-rows.js';
import { sampleTask } from '../../../../support/sample-task.js';
import { temporaryFolder } from '../../../../support/temporary-folder.js';

/** A group on an open file. */
function openGroup(): { group: Group; database: DatabaseSyncInstance } {
  const file = join(temporaryFolder().path, 'callback.db');
  const options = {
    file,
    durability: 'process',
    leaseMs: 1000,
    owner: 'a',
    now: 0,
    leases: [],
  } as const;
  const { database } = openDatabase(options);
  onTestFinished(() => database.close());
  const { handlers } = handleFile(database, { leaseMs: 1000, prefix: 'a' });
  return { group: new Group(database, handlers), database };
}

/** Runs groups until every call is answered. */
function runAll(group: Group, calls: readonly CallMessage[]): readonly CallResult[] {
  const results: CallResult[] = [];
  while (results.length < calls.length) results.push(...group.run(calls.slice(results.length)));
  return results;
}

function accept(n: number, text = '你好'): CallMessage {
  const { request } = sampleTask();
  const task = sampleTask({ id: `${n}`, request: { ...request, question: text } });
  return { n, kind: 'accept', input: { tasks: [toRow(task)], now: 0 } };
}

function get(n: number, id: string): CallMessage {
  return { n, kind: 'get', input: { id, now: 0 } };
}

test('answers calls in their order, and each sees what the former did', () => {
  const { group } = openGroup();
  expect(group.run([accept(1), get(2, '1'), accept(1)])).toMatchObject([
    { n: 1, value: [{ id: '1', kind: 'new' }] },
    { n: 2, value: { id: '1', state: 'waiting' } },
    { n: 1, value: [{ id: '1', kind: 'known' }] },
  ]);
});

test('fails one call of a group and none of its neighbours', () => {
  const { group } = openGroup();
  const broken = { n: 2, kind: 'accept', input: { tasks: [{ id: '2' }], now: 0 } };
  expect(runAll(group, [accept(1), broken as unknown as CallMessage, accept(3)])).toEqual([
    { n: 1, value: [{ id: '1', kind: 'new' }] },
    { n: 2, fault: { kind: 'failed', detail: expect.any(String) as string } },
    { n: 3, value: [{ id: '3', kind: 'new' }] },
  ]);
  expect(group.run([get(1, '1'), get(2, '2'), get(3, '3')])).toMatchObject([
    { value: { id: '1' } },
    { value: undefined },
    { value: { id: '3' } },
  ]);
});

test('says that the disk is full, keeps what fits, and goes on when there is room', () => {
  const { group, database } = openGroup();
  const pages = database.prepare('PRAGMA page_count').get() as { page_count: number };
  database.exec(`PRAGMA max_page_count = ${pages.page_count}`);
  const long = '订阅'.repeat(20_000);
  expect(runAll(group, [accept(1), accept(2, long), accept(3)])).toEqual([
    { n: 1, value: [{ id: '1', kind: 'new' }] },
    { n: 2, fault: { kind: 'full', detail: 'SQLITE_FULL' } },
    { n: 3, value: [{ id: '3', kind: 'new' }] },
  ]);
  database.exec('PRAGMA max_page_count = 100000');
  expect(group.run([accept(2, long)])).toEqual([{ n: 2, value: [{ id: '2', kind: 'new' }] }]);
});

test('takes no more than fits into a short time', () => {
  const { group } = openGroup();
  const calls = Array.from({ length: 20_000 }, (_, n) => accept(n));
  const first = group.run(calls);
  expect(first.length).toBeGreaterThan(0);
  expect(first.length).toBeLessThan(calls.length);
});
