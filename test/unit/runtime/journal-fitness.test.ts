import { expect, onTestFinished, test } from 'vitest';
import { CallbackError } from '../../../src/core/errors.js';
import { createMemoryJournal } from '../../../src/journal/memory-journal.js';
import { createMemoryStore } from '../../../src/journal/memory-store.js';
import { watchFitness } from '../../../src/runtime/journal-fitness.js';
import { manualClock } from '../../support/manual-clock.js';
import { sampleTask } from '../../support/sample-task.js';

const full = new CallbackError('journal-full', { text: { en: 'Full.', zh: '已满。' } });

/** A journal on a disk that is full when `disk.isFull`, watched. */
function watched() {
  const clock = manualClock();
  const disk = { isFull: false };
  const memory = createMemoryJournal({ clock });
  const budgets = createMemoryStore({ clock });
  const trials: string[] = [];
  const closing = new AbortController();
  onTestFinished(() => closing.abort());
  const journal = {
    ...memory,
    accept: async (tasks: Parameters<typeof memory.accept>[0]) => {
      if (disk.isFull) throw full;
      return await memory.accept(tasks);
    },
    stats: () => memory.stats(),
    claim: (n: number, bots: readonly string[]) => memory.claim(n, bots),
    backup: (file: string) => memory.backup(file),
  };
  const store = {
    ...budgets,
    admit: async (...args: Parameters<typeof budgets.admit>) => {
      trials.push(args[0]);
      if (disk.isFull) throw full;
      return await budgets.admit(...args);
    },
  };
  const fitness = watchFitness({ journal, store, clock, signal: closing.signal });
  return { ...fitness, clock, disk, trials };
}

test('tells the last failure until something is written', async () => {
  const { journal, failure, disk } = watched();
  disk.isFull = true;
  await expect(journal.accept([sampleTask()])).rejects.toBe(full);
  expect(failure()).toBe(full);
  await journal.stats();
  await journal.claim(1, ['wxid_bot']);
  expect(failure()).toBe(full);
  disk.isFull = false;
  await journal.accept([sampleTask()]);
  expect(failure()).toBeUndefined();
});

test('a task that is known already says nothing of the disk', async () => {
  const { journal, failure, disk } = watched();
  await journal.accept([sampleTask()]);
  disk.isFull = true;
  await expect(journal.accept([sampleTask({ id: 'task-2' })])).rejects.toBe(full);
  disk.isFull = false;
  await journal.accept([sampleTask()]);
  expect(failure()).toBe(full);
});

test('tries by itself whether it can be written again', async () => {
  const { journal, failure, disk, clock, trials } = watched();
  disk.isFull = true;
  await expect(journal.accept([sampleTask()])).rejects.toBe(full);
  await clock.advance(1000);
  expect([trials.length, failure()]).toEqual([1, full]);
  disk.isFull = false;
  await clock.advance(2000);
  expect([trials.length, failure()]).toEqual([2, undefined]);
  await clock.advance(60_000);
  expect(trials).toHaveLength(2);
});

test('a wish that cannot be is no failure', async () => {
  const { journal, failure } = watched();
  await expect(journal.backup('/tmp/x')).rejects.toMatchObject({ code: 'journal-not-on-disk' });
  expect(failure()).toBeUndefined();
});
