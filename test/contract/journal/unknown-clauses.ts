import { describe, expect, test } from 'vitest';
import type { Journal } from '../../../src/core/journal.js';
import type { Resolution } from '../../../src/core/task.js';
import { claimIds, claimOne, contractOptions, type OpenBench, taskOf } from './journal-bench.js';
import { attempt, response } from './samples.js';

const { leaseMs, retention } = contractOptions;

/** Ends a task of which one part is said, and the other may be. */
async function endUnknown(journal: Journal, id = '1'): Promise<void> {
  await journal.accept([taskOf(id)]);
  const claim = await claimOne(journal);
  await journal.record(claim, { kind: 'response', response, attempt });
  await journal.record(claim, { kind: 'said', count: 1 });
  await journal.settle(claim, 'unknown', { reason: 'say-unknown' });
}

/** The clauses about answers of which nobody knows whether they stand in the chat. */
export function unknownClauses(open: OpenBench): void {
  test('settles a task as unknown, counts and finds it, and lets its lane go on', async () => {
    const { journal } = await open();
    await endUnknown(journal);
    await journal.accept([taskOf('2')]);
    const record = await journal.get('1');
    expect(record).toMatchObject({ state: 'unknown', reason: 'say-unknown', said: 1, response });
    expect(record?.settledAt).toBeTypeOf('number');
    expect((await journal.stats()).counts).toMatchObject({ unknown: 1, dead: 0, waiting: 1 });
    const found = await journal.find({ states: ['unknown'] });
    expect(found.map(({ task }) => task.id)).toEqual(['1']);
    expect(await claimIds(journal)).toEqual(['2']);
  });

  test('keeps since when the next reply may stand in the chat, until it is said', async () => {
    const bench = await open();
    await bench.journal.accept([taskOf('1')]);
    const first = await claimOne(bench.journal);
    expect(first).not.toHaveProperty('unsureAt');
    await bench.journal.record(first, { kind: 'response', response, attempt });
    const unsureAt = bench.now();
    await bench.journal.retry(first, 0, { unsureAt });
    const second = await claimOne(bench.journal);
    expect(second).toMatchObject({ unsureAt, sayFailures: 0 });
    await bench.journal.retry(second, 0);
    const third = await claimOne(bench.journal);
    expect(third).toMatchObject({ unsureAt });
    expect(await bench.journal.get('1')).toMatchObject({ unsureAt });
    await bench.journal.record(third, { kind: 'said', count: 1 });
    await bench.advance(leaseMs + 5);
    expect(await claimOne(bench.journal)).not.toHaveProperty('unsureAt');
    expect(await bench.journal.get('1')).not.toHaveProperty('unsureAt');
  });

  test('shows it of what waits, in lists too, and not of what has ended', async () => {
    const bench = await open();
    const { journal } = bench;
    await journal.accept([taskOf('1')]);
    const first = await claimOne(journal);
    await journal.record(first, { kind: 'response', response, attempt });
    const unsureAt = bench.now();
    await journal.retry(first, 0, { unsureAt });
    expect(await journal.find({ states: ['waiting'] })).toMatchObject([{ unsureAt }]);
    await journal.settle(await claimOne(journal), 'answered', { said: 2 });
    expect(await journal.get('1')).not.toHaveProperty('unsureAt');
  });

  describe('goes on with a task that ended unknown', () => {
    test.each<[Resolution, number]>([
      ['again', 1],
      ['behind', 2],
    ])('%s', async (as, said) => {
      const bench = await open();
      const { journal } = bench;
      await endUnknown(journal);
      await bench.advance(5);
      const before = bench.now();
      expect(await journal.resolve(['1', '1', 'gone'], as)).toBe(1);
      const record = await journal.get('1');
      expect(record).toMatchObject({ state: 'waiting', said, response, attempts: [attempt] });
      expect(record).not.toHaveProperty('reason');
      expect(record).not.toHaveProperty('settledAt');
      expect(record?.task.arrivedAt).toBeGreaterThanOrEqual(before);
      const claim = await claimOne(journal);
      expect(claim).toMatchObject({ response, said, sayFailures: 0, attempts: 1 });
      expect(claim).not.toHaveProperty('unsureAt');
      await journal.settle(claim, 'answered');
      expect((await journal.get('1'))?.state).toBe('answered');
    });

    test('at the end of its lane', async () => {
      const { journal } = await open();
      await endUnknown(journal);
      await journal.accept([taskOf('2')]);
      await journal.resolve(['1'], 'again');
      expect(await claimIds(journal)).toEqual(['2']);
    });

    test.each<Resolution>(['again', 'behind'])('in the lane it was passed in: %s', async (as) => {
      const bench = await open();
      const { journal } = bench;
      await journal.accept([taskOf('1', { lane: 'a', holdMs: 50 }), taskOf('2', { lane: 'a' })]);
      await journal.retry(await claimOne(journal), bench.now() + 600);
      await bench.advance(55);
      await journal.settle(await claimOne(journal), 'answered');
      await bench.advance(550);
      await journal.settle(await claimOne(journal), 'unknown', { reason: 'say-unknown' });
      expect((await journal.get('1'))?.task.lane).toBe('1');
      await journal.accept([taskOf('3', { lane: 'a' })]);
      expect(await journal.resolve(['1'], as)).toBe(1);
      expect((await journal.get('1'))?.task.lane).toBe('a');
      expect(await claimIds(journal)).toEqual(['3']);
    });

    test('done: it is answered, and nothing runs', async () => {
      const { journal } = await open();
      await endUnknown(journal);
      expect(await journal.resolve(['1'], 'done')).toBe(1);
      const record = await journal.get('1');
      expect(record).toMatchObject({ state: 'answered', said: 1 });
      expect(record).not.toHaveProperty('reason');
      expect((await journal.stats()).counts).toMatchObject({ unknown: 0, answered: 1 });
      expect(await claimIds(journal)).toEqual([]);
    });
  });

  test.each<Resolution>(['again', 'behind', 'done'])(
    'leaves tasks alone that did not end unknown: %s',
    async (as) => {
      const { journal } = await open();
      await journal.accept([taskOf('1'), taskOf('2'), taskOf('3')]);
      await journal.settle(await claimOne(journal), 'dead', { reason: 'x' });
      await journal.settle(await claimOne(journal), 'answered');
      expect(await journal.resolve(['1', '2', '3'], as)).toBe(0);
      expect(await journal.get('1')).toMatchObject({ state: 'dead', reason: 'x' });
      expect((await journal.get('3'))?.state).toBe('waiting');
    },
  );

  test('cannot say again what is deleted, but can be done', async () => {
    const bench = await open();
    await endUnknown(bench.journal);
    await bench.advance(retention.textMs + 5);
    await bench.journal.sweep();
    expect(await bench.journal.resolve(['1'], 'again')).toBe(0);
    expect(await bench.journal.resolve(['1'], 'behind')).toBe(0);
    expect(await bench.journal.resolve(['1'], 'done')).toBe(1);
  });
}
