import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { byHand } from '../../../../../src/core/journal.js';
import type { CallKind, Calls, Slice } from '../../../../../src/journal/sqlite/calls.js';
import { Group } from '../../../../../src/journal/sqlite/worker/group.js';
import { handleFile } from '../../../../../src/journal/sqlite/worker/handlers.js';
import { openDatabase } from '../../../../../src/journal/sqlite/worker/open-database.js';
import { toRow } from '../../../../../src/journal/task-rows.js';
import { sampleTask } from '../../../../support/sample-task.js';
import { temporaryFolder } from '../../../../support/temporary-folder.js';
import { timed } from '../../../../support/timed.js';

const tasks = 200_000;
/** A slice is to take less; nine of ten are compared, because a test machine stands still at times. */
const longestSliceMs = 20;

type Ask = <Kind extends CallKind>(kind: Kind, input: Calls[Kind][0]) => Calls[Kind][1];

/** A file with many settled tasks; every fourth is of alice. */
function openBigFile(): Ask {
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
  const group = new Group(database, handlers);
  const ask: Ask = (kind, input) => {
    const [result] = group.run([{ n: 0, kind, input } as never]);
    if (!result || !('value' in result)) throw new Error(`${kind} failed`, { cause: result });
    return result.value as never;
  };
  const { request } = sampleTask();
  for (let first = 0; first < tasks; first += 1000) {
    const ids = Array.from({ length: 1000 }, (_, n) => `${first + n}`);
    const rows = ids.map((id, n) => {
      const userId = n % 4 === 0 ? 'alice' : `talker ${n}`;
      const conversation = { kind: 'room', id: 'room' } as const;
      return toRow(sampleTask({ id, lane: id, conversation, request: { ...request, userId } }));
    });
    ask('accept', { now: 0, tasks: rows });
    ask('discard', { now: 0, ids, how: byHand });
  }
  return ask;
}

/** Does it slice by slice; answers how much was done, and how long slices took, in ms. */
function measure(work: (from: number) => Slice): { sum: number; times: number[] } {
  const times: number[] = [];
  let sum = 0;
  for (let from: number | undefined = 0; from !== undefined; ) {
    const start = performance.now();
    const slice: Slice = work(from);
    times.push(performance.now() - start);
    sum += slice.deleted;
    from = slice.next;
  }
  return { sum, times: times.toSorted((one, other) => one - other) };
}

test('deletes of a big file in short slices', { ...timed, timeout: 180_000 }, () => {
  const ask = openBigFile();
  const works = {
    forget: measure((from) => ask('forget', { now: 1000, userId: 'alice', from })),
    blank: measure(() => ask('blank', { now: 1000, times: { lastMs: 100 } })),
    sweep: measure(() => ask('sweep', { now: 1000, ageMs: 100_000, tasks: 50_000 })),
  };
  expect(works.forget.sum).toBe(tasks / 4);
  expect(works.blank.sum).toBe((tasks * 3) / 4);
  expect(works.sweep.sum).toBe((tasks * 3) / 4 - 50_000);
  for (const { times } of Object.values(works)) {
    expect(times.length).toBeGreaterThan(500);
    expect(times[Math.floor(times.length * 0.9)]).toBeLessThan(longestSliceMs);
  }
});
