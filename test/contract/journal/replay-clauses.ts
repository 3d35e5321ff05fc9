import { expect, test } from 'vitest';
import type { Claim } from '../../../src/core/journal.js';
import type { TaskEnd } from '../../../src/core/task.js';
import { bot, claimIds, claimOne, type OpenBench, taskOf } from './journal-bench.js';
import { attempt, failedAttempt, response } from './samples.js';
import { settleAll } from './settle-all.js';

/** The clauses about replays. */
export function replayClauses(open: OpenBench): void {
  test.each<TaskEnd>(['answered', 'refused', 'dead', 'dropped', 'unknown'])(
    'brings back a task that is %s',
    async (end) => {
      const { journal } = await open();
      await journal.accept([taskOf('1')]);
      await settleAll(journal, end);
      expect(await journal.replay(['1'])).toBe(1);
      expect((await journal.get('1'))?.state).toBe('waiting');
      expect(await claimIds(journal)).toEqual(['1']);
    },
  );

  test('puts the task at the end of its lane', async () => {
    const { journal } = await open();
    await journal.accept([taskOf('1'), taskOf('2'), taskOf('3')]);
    await journal.settle(await claimOne(journal), 'dead');
    await journal.replay(['1']);
    const order: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      const claim = await claimOne(journal);
      order.push(claim.task.id);
      await journal.settle(claim, 'answered');
    }
    expect(order).toEqual(['2', '3', '1']);
  });

  test('makes a new arrival with nothing answered or said, and keeps the attempts', async () => {
    const bench = await open();
    await bench.journal.accept([taskOf('1')]);
    const claim = await claimOne(bench.journal);
    await bench.journal.record(claim, { kind: 'waiting-said' });
    await bench.journal.record(claim, { kind: 'response', response, attempt });
    await bench.journal.record(claim, { kind: 'said', count: 2 });
    await bench.journal.retry(claim, 0, { sayFailed: true });
    await bench.journal.settle(await claimOne(bench.journal), 'dead', { reason: 'unsaid' });
    await bench.advance(5);
    const before = bench.now();
    await bench.journal.replay(['1']);
    const record = await bench.journal.get('1');
    expect(record).toMatchObject({ state: 'waiting', said: 0, attempts: [attempt] });
    expect(record?.task.arrivedAt).toBeGreaterThanOrEqual(before);
    expect(record).not.toHaveProperty('response');
    expect(record).not.toHaveProperty('reason');
    expect(record).not.toHaveProperty('settledAt');
    const again = await claimOne(bench.journal);
    expect(again).toMatchObject({ attempts: 0, sayFailures: 0, said: 0, waitingSaid: false });
    expect(again).not.toHaveProperty('response');
  });

  test('counts attempts from the replay on', async () => {
    const { journal } = await open();
    await journal.accept([taskOf('1')]);
    await journal.settle(await claimOne(journal), 'dead', { attempt: failedAttempt });
    await journal.replay(['1']);
    await journal.retry(await claimOne(journal), 0, { attempt });
    expect((await claimOne(journal)).attempts).toBe(1);
    expect((await journal.get('1'))?.attempts).toEqual([failedAttempt, attempt]);
  });

  test('leaves alone what is unknown or not settled, and counts an id once', async () => {
    const { journal } = await open();
    await journal.accept([taskOf('1'), taskOf('2'), taskOf('3', { lane: 'b' })]);
    const [first] = await journal.claim(2, [bot]);
    await journal.settle(first as Claim, 'answered');
    expect(await journal.replay(['1', '1', '2', '3', 'unknown'])).toBe(1);
    expect((await journal.get('3'))?.state).toBe('running');
  });

  test('shuts out the holder of the former life', async () => {
    const { journal } = await open();
    await journal.accept([taskOf('1')]);
    const claim = await claimOne(journal);
    await journal.settle(claim, 'dead');
    await journal.replay(['1']);
    expect(await journal.settle(claim, 'answered')).toBe('stale');
  });
}
