import { expect, test, vi } from 'vitest';
import type { Journal } from '../../../src/core/journal.js';
import type { Task } from '../../../src/core/task.js';
import { claimIds, claimOne, contractOptions, type OpenBench, taskOf } from './journal-bench.js';

const { leaseMs } = contractOptions;

/** Short enough to wait for in real time. */
const holdMs = 200;

/** A task of lane `a` that lets others pass. */
function held(id: string, task: Partial<Task> = {}): Task {
  return taskOf(id, { holdMs, ...task });
}

/** Claims the one task that is to be had, and gives it back for so long. */
async function putOff(journal: Journal, id: string, at: number): Promise<void> {
  const claim = await claimOne(journal);
  expect(claim.task.id).toBe(id);
  await journal.retry(claim, at);
}

/** The clauses about tasks that wait and are passed. */
export function passingClauses(open: OpenBench): void {
  test('lets the next pass a task that waits, after as long as that may hold it back', async () => {
    const bench = await open();
    await bench.journal.accept([held('1'), held('2')]);
    await putOff(bench.journal, '1', bench.now() + 60_000);
    expect(await claimIds(bench.journal)).toEqual([]);
    await bench.advance(holdMs + 5);
    expect(await claimIds(bench.journal)).toEqual(['2']);
  });

  test('lets those pass that come later', async () => {
    const bench = await open();
    await bench.journal.accept([held('1')]);
    await putOff(bench.journal, '1', bench.now() + 60_000);
    await bench.advance(holdMs + 5);
    expect(await claimIds(bench.journal)).toEqual([]);
    await bench.journal.accept([held('2')]);
    expect(await claimIds(bench.journal)).toEqual(['2']);
  });

  test('lets nobody pass a task that may hold back its lane until it is settled', async () => {
    const bench = await open();
    await bench.journal.accept([taskOf('1'), held('2')]);
    await putOff(bench.journal, '1', bench.now() + 60_000);
    await bench.advance(holdMs + 5);
    expect(await claimIds(bench.journal)).toEqual([]);
  });

  test('lets nobody pass a task that is claimed, however long it takes', async () => {
    const bench = await open();
    await bench.journal.accept([held('1'), held('2')]);
    await bench.journal.retry(await claimOne(bench.journal), bench.now());
    const claim = await claimOne(bench.journal);
    for (let n = 0; n < 3; n += 1) {
      await bench.advance(leaseMs / 2);
      await bench.journal.renew([claim]);
      expect(await claimIds(bench.journal)).toEqual([]);
    }
    await bench.journal.settle(claim, 'answered');
    expect(await claimIds(bench.journal)).toEqual(['2']);
  });

  test('hands out a task that is due before the one that could have passed it', async () => {
    const bench = await open();
    await bench.journal.accept([held('1'), held('2')]);
    await putOff(bench.journal, '1', bench.now() + holdMs + 50);
    await bench.advance(holdMs + 60);
    expect(await claimIds(bench.journal)).toEqual(['1']);
  });

  test('brings a task that was passed back when it is due, beside all others', async () => {
    const bench = await open();
    await bench.journal.accept([held('1'), held('2'), held('3')]);
    await putOff(bench.journal, '1', bench.now() + 2 * holdMs);
    await bench.advance(holdMs + 5);
    expect(await claimIds(bench.journal)).toEqual(['2']);
    await bench.advance(holdMs);
    const back = await claimOne(bench.journal);
    expect(back.task).toEqual(held('1', { lane: '1' }));
    expect(await bench.journal.settle(back, 'answered')).toBe('ok');
    expect(await claimIds(bench.journal)).toEqual([]);
  });

  test('keeps the next for no time at all once the lane has been held up so long', async () => {
    const bench = await open();
    await bench.journal.accept(['1', '2', '3', '4'].map((id) => held(id)));
    const dueAt = bench.now() + 60_000;
    await putOff(bench.journal, '1', dueAt);
    await bench.advance(holdMs + 5);
    for (const id of ['2', '3', '4']) await putOff(bench.journal, id, dueAt);
    await bench.journal.accept([held('5')]);
    expect(await claimIds(bench.journal)).toEqual(['5']);
  });

  test('a task that is given up ends no hold-up, one that is answered does', async () => {
    const bench = await open();
    await bench.journal.accept(['1', '2', '3', '4', '5'].map((id) => held(id)));
    const dueAt = bench.now() + 60_000;
    await putOff(bench.journal, '1', dueAt);
    await bench.advance(holdMs + 5);
    await bench.journal.settle(await claimOne(bench.journal), 'dead');
    await putOff(bench.journal, '3', dueAt);
    await bench.journal.settle(await claimOne(bench.journal), 'answered');
    await bench.journal.retry(await claimOne(bench.journal), dueAt);
    await bench.journal.accept([held('6')]);
    expect(await claimIds(bench.journal)).toEqual([]);
    await bench.advance(holdMs + 5);
    expect(await claimIds(bench.journal)).toEqual(['6']);
  });

  test('puts a task that was passed back into its lane when it is replayed', async () => {
    const bench = await open();
    await bench.journal.accept([held('1'), held('2')]);
    await putOff(bench.journal, '1', bench.now() + 60_000);
    await bench.advance(holdMs + 5);
    await bench.journal.settle(await claimOne(bench.journal), 'answered');
    expect(await bench.journal.discard(['1'])).toBe(1);
    expect(await bench.journal.replay(['2', '1'])).toBe(2);
    expect((await bench.journal.get('1'))?.task.lane).toBe('a');
    for (const id of ['2', '1']) {
      const claim = await claimOne(bench.journal);
      expect(claim.task.id).toBe(id);
      await bench.journal.settle(claim, 'answered');
    }
  });

  test('waits for the head again when those behind it are gone', async () => {
    const bench = await open();
    await bench.journal.accept([held('1'), held('2')]);
    const dueAt = bench.now() + 2 * holdMs;
    await putOff(bench.journal, '1', dueAt);
    await bench.journal.discard(['2']);
    await bench.advance(holdMs + 5);
    expect(await claimIds(bench.journal)).toEqual([]);
    expect(await bench.journal.get('1')).toMatchObject({ state: 'waiting', dueAt });
    await bench.advance(holdMs);
    expect((await claimOne(bench.journal)).task.lane).toBe('a');
  });

  test('forgets and discards a task that was passed like any other', async () => {
    const bench = await open();
    await bench.journal.accept([held('1'), held('2'), held('3')]);
    const dueAt = bench.now() + 60_000;
    await putOff(bench.journal, '1', dueAt);
    await bench.advance(holdMs + 5);
    await putOff(bench.journal, '2', dueAt);
    await claimOne(bench.journal);
    expect(await bench.journal.discard(['1'])).toBe(1);
    expect(await bench.journal.forget('wxid_alice')).toBe(3);
    await bench.advance(leaseMs + 5);
    expect(await claimIds(bench.journal)).toEqual([]);
    await bench.journal.accept([held('4')]);
    expect(await claimIds(bench.journal)).toEqual(['4']);
  });

  test('wakes when a task may be passed', async () => {
    const bench = await open();
    await bench.journal.accept([held('1'), held('2')]);
    const wake = vi.fn<() => void>();
    bench.journal.onWork(wake);
    await putOff(bench.journal, '1', bench.now() + 60_000);
    await bench.journal.stats();
    wake.mockClear();
    await bench.advance(holdMs + 5);
    await vi.waitFor(() => expect(wake).toHaveBeenCalled(), { timeout: 5000, interval: 5 });
    expect(await claimIds(bench.journal)).toEqual(['2']);
  });

  test('lets one of two pass who ask at the same time', async () => {
    const bench = await open();
    await bench.journal.accept([held('1'), held('2'), held('3')]);
    await putOff(bench.journal, '1', bench.now() + 60_000);
    await bench.advance(holdMs + 5);
    const answers = await Promise.all([1, 2, 3].map(() => claimIds(bench.journal)));
    expect(answers.flat()).toEqual(['2']);
  });
}

/** For journals whose clock can be moved: at the ten seconds of `order: receiver`. */
export function passingClockClauses(open: OpenBench): void {
  test('holds a lane back for ten seconds to the millisecond', async () => {
    const bench = await open();
    const tenSeconds = { holdMs: 10_000 };
    await bench.journal.accept([taskOf('1', tenSeconds), taskOf('2', tenSeconds)]);
    await putOff(bench.journal, '1', bench.now() + 60_000);
    await bench.advance(9_999);
    expect(await claimIds(bench.journal)).toEqual([]);
    await bench.advance(1);
    expect(await claimIds(bench.journal)).toEqual(['2']);
  });

  test('goes on holding it back when the clock is set', async () => {
    const bench = await open();
    await bench.journal.accept([held('1'), held('2')]);
    await putOff(bench.journal, '1', bench.now() + 60_000);
    bench.set(3_600_000);
    expect(await claimIds(bench.journal)).toEqual([]);
    await bench.advance(holdMs);
    expect(await claimIds(bench.journal)).toEqual(['2']);
  });
}

/** For journals that can be reopened. */
export function durablePassingClauses(open: OpenBench): void {
  test('keeps who was passed, and for how long others may hold back', async () => {
    const bench = await open();
    await bench.journal.accept([held('1'), held('2'), held('3')]);
    const dueAt = bench.now() + 60_000;
    await putOff(bench.journal, '1', dueAt);
    await bench.advance(holdMs + 5);
    await putOff(bench.journal, '2', dueAt);
    await bench.reopen();
    await bench.advance(holdMs + 5);
    expect(await claimIds(bench.journal)).toEqual(['3']);
    const lanes = [1, 2, 3].map(async (n) => (await bench.journal.get(`${n}`))?.task.lane);
    expect(await Promise.all(lanes)).toEqual(['1', '2', 'a']);
  });
}
