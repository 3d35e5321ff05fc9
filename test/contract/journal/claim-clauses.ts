import { expect, test } from 'vitest';
import type { Claim } from '../../../src/core/journal.js';
import type { TaskEnd } from '../../../src/core/task.js';
import {
  bot,
  claimIds,
  claimOne,
  contractOptions,
  type OpenBench,
  taskOf,
} from './journal-bench.js';

const { leaseMs } = contractOptions;

/** The clauses about handing out tasks. */
export function claimClauses(open: OpenBench): void {
  test('hands out a new task with nothing done yet', async () => {
    const { journal } = await open();
    await journal.accept([taskOf('1')]);
    expect(await claimOne(journal)).toEqual({
      task: taskOf('1'),
      token: expect.any(String) as string,
      leaseUntil: expect.any(Number) as number,
      attempts: 0,
      sayFailures: 0,
      said: 0,
      waitingSaid: false,
    });
  });

  test('lasts for the lease', async () => {
    const bench = await open();
    await bench.journal.accept([taskOf('1')]);
    const before = bench.now();
    const { leaseUntil } = await claimOne(bench.journal);
    expect(leaseUntil).toBeGreaterThanOrEqual(before + leaseMs);
    expect(leaseUntil).toBeLessThanOrEqual(bench.now() + leaseMs);
  });

  test('answers no more than it is asked for', async () => {
    const { journal } = await open();
    await journal.accept([1, 2, 3].map((n) => taskOf(`${n}`, { lane: `${n}` })));
    expect(await claimIds(journal, 0)).toEqual([]);
    expect(await claimIds(journal, 2)).toEqual(['1', '2']);
    expect(await claimIds(journal, 2)).toEqual(['3']);
  });

  test('takes one task of a lane, and shows it as running', async () => {
    const { journal } = await open();
    await journal.accept([taskOf('1'), taskOf('2')]);
    expect(await claimIds(journal)).toEqual(['1']);
    expect(await claimIds(journal)).toEqual([]);
    expect((await journal.get('1'))?.state).toBe('running');
    expect((await journal.get('2'))?.state).toBe('waiting');
  });

  test.each<TaskEnd>(['answered', 'dead', 'dropped'])(
    'frees the lane for the next when the former is settled as %s',
    async (end) => {
      const { journal } = await open();
      await journal.accept([taskOf('1'), taskOf('2')]);
      await journal.settle(await claimOne(journal), end);
      expect(await claimIds(journal)).toEqual(['2']);
    },
  );

  test('follows the order of acceptance in a lane, also within one call', async () => {
    const { journal } = await open();
    await journal.accept([taskOf('3'), taskOf('1')]);
    await journal.accept([taskOf('2')]);
    const order: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      const claim = await claimOne(journal);
      order.push(claim.task.id);
      await journal.settle(claim, 'answered');
    }
    expect(order).toEqual(['3', '1', '2']);
  });

  test('runs lanes side by side', async () => {
    const { journal } = await open();
    await journal.accept([taskOf('1'), taskOf('2', { lane: 'b' }), taskOf('3', { lane: 'c' })]);
    await journal.settle((await journal.claim(1, [bot]))[0] as Claim, 'answered');
    expect(await claimIds(journal)).toEqual(['2', '3']);
  });

  test('lets lanes take turns, so that a long one keeps nobody waiting', async () => {
    const bench = await open();
    await bench.journal.accept([taskOf('a1'), taskOf('a2'), taskOf('a3')]);
    await bench.journal.accept([taskOf('b1', { lane: 'b' })]);
    await bench.advance(2);
    const [first] = await bench.journal.claim(1, [bot]);
    await bench.journal.settle(first as Claim, 'answered');
    expect(await claimIds(bench.journal, 1)).toEqual(['b1']);
    expect(await claimIds(bench.journal, 1)).toEqual(['a2']);
  });

  test('leaves tasks of bots that are not listed waiting', async () => {
    const { journal } = await open();
    await journal.accept([taskOf('1', { botId: 'other', lane: 'other:a' }), taskOf('2')]);
    expect(await claimIds(journal, 10, [])).toEqual([]);
    expect(await claimIds(journal, 10, [bot, 'third'])).toEqual(['2']);
    expect(await claimIds(journal, 10, ['other'])).toEqual(['1']);
  });

  test('hands out tasks of no conversation whoever asks: they need no bot', async () => {
    const { journal } = await open();
    const { conversation: _, ...task } = taskOf('1', { botId: 'absent', lane: 'absent' });
    await journal.accept([task]);
    expect(await claimIds(journal, 10, [])).toEqual(['1']);
  });

  test('hands out tasks that belong to no conversation, whoever is there', async () => {
    const { journal } = await open();
    const { conversation: _, ...silent } = taskOf('1', { botId: 'away', lane: 'away:error' });
    await journal.accept([silent, { ...silent, id: '2' }]);
    const [claim] = await journal.claim(10, []);
    expect(claim?.task.id).toBe('1');
    expect(await claimIds(journal, 10, [])).toEqual([]);
    await journal.settle(claim as Claim, 'answered');
    expect(await claimIds(journal, 10, [])).toEqual(['2']);
  });

  test('serves several bots by turns', async () => {
    const bench = await open();
    const ids = ['x', 'y'];
    for (const id of ids) {
      await bench.journal.accept([taskOf(id, { botId: id, lane: id })]);
      await bench.advance(2);
    }
    expect(await claimIds(bench.journal, 1, ['y', 'x'])).toEqual(['x']);
    expect(await claimIds(bench.journal, 1, ['y', 'x'])).toEqual(['y']);
  });

  test('gives no task to two who ask at the same time', async () => {
    const { journal } = await open();
    await journal.accept([1, 2, 3, 4].map((n) => taskOf(`${n}`, { lane: `${n}` })));
    const answers = await Promise.all([1, 2, 3, 4].map(() => claimIds(journal, 3)));
    expect(answers.flat().toSorted()).toEqual(['1', '2', '3', '4']);
  });
}
