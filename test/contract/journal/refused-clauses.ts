import { expect, test } from 'vitest';
import type { Journal } from '../../../src/core/journal.js';
import { claimIds, claimOne, contractOptions, type OpenBench, taskOf } from './journal-bench.js';
import { attempt, response } from './samples.js';

const { retention } = contractOptions;

/** Ends a task as its receiver decides (`success: false`); its words are said. */
async function endRefused(journal: Journal, id = '1'): Promise<void> {
  await journal.accept([taskOf(id)]);
  const claim = await claimOne(journal);
  const refused = { ...response, refusal: '余额不足 💸' };
  await journal.record(claim, { kind: 'response', response: refused, attempt });
  await journal.settle(claim, 'refused', { reason: 'refused', said: 2 });
}

/** The clauses about tasks that their receiver refused. */
export function refusedClauses(open: OpenBench): void {
  test('settles a task as refused, counts and finds it apart from the dead, and frees its lane', async () => {
    const { journal } = await open();
    await endRefused(journal);
    await journal.accept([taskOf('2'), taskOf('3')]);
    await journal.settle(await claimOne(journal), 'dead', { reason: 'http-404' });
    const record = await journal.get('1');
    expect(record).toMatchObject({
      state: 'refused',
      reason: 'refused',
      said: 2,
      attempts: [attempt],
    });
    expect(record?.response?.refusal).toBe('余额不足 💸');
    expect(record?.settledAt).toBeTypeOf('number');
    expect((await journal.stats()).counts).toMatchObject({ refused: 1, dead: 1, waiting: 1 });
    const idsOf = async (...states: readonly ('refused' | 'dead')[]) =>
      (await journal.find({ states })).map(({ task }) => task.id);
    expect(await idsOf('refused')).toEqual(['1']);
    expect(await idsOf('dead')).toEqual(['2']);
    expect(await idsOf('refused', 'dead')).toEqual(['2', '1']);
    expect(await claimIds(journal)).toEqual(['3']);
  });

  test('replays one, and has nothing to resolve', async () => {
    const { journal } = await open();
    await endRefused(journal);
    expect(await journal.resolve(['1'], 'done')).toBe(0);
    expect(await journal.discard(['1'])).toBe(0);
    expect(await journal.replay(['1'])).toBe(1);
    const record = await journal.get('1');
    expect(record).toMatchObject({ state: 'waiting', said: 0 });
    expect(record).not.toHaveProperty('reason');
    expect((await journal.stats()).counts).toMatchObject({ refused: 0, waiting: 1 });
    expect(await claimIds(journal)).toEqual(['1']);
  });

  test('ends no hold-up of its lane, as no task does that is not answered', async () => {
    const bench = await open();
    const { journal } = bench;
    const held = ['1', '2', '3'].map((id) => taskOf(id, { holdMs: 200 }));
    await journal.accept(held);
    await journal.retry(await claimOne(journal), bench.now() + 60_000);
    await bench.advance(205);
    const second = await claimOne(journal);
    await journal.settle(second, 'refused', { reason: 'refused' });
    await journal.retry(await claimOne(journal), bench.now() + 60_000);
    await journal.accept([taskOf('4', { holdMs: 200 })]);
    // The third is passed at once: the hold-up began with the first.
    expect(await claimIds(journal)).toEqual(['4']);
  });

  test('keeps its text as long as that of others that were not answered', async () => {
    const bench = await open();
    await endRefused(bench.journal);
    await bench.journal.accept([taskOf('2')]);
    await bench.journal.settle(await claimOne(bench.journal), 'answered');
    const hasText = async (id: string) => {
      await bench.journal.sweep();
      return ((await bench.journal.get(id))?.task.request.question ?? '') !== '';
    };
    await bench.advance(retention.answeredTextMs + 5);
    expect([await hasText('1'), await hasText('2')]).toEqual([true, false]);
    await bench.advance(retention.textMs - retention.answeredTextMs);
    expect(await hasText('1')).toBe(false);
  });

  test('forgets and deletes one as any settled task', async () => {
    const bench = await open();
    await endRefused(bench.journal);
    await bench.advance(retention.ageMs + 5);
    expect(await bench.journal.sweep()).toBe(1);
    expect((await bench.journal.stats()).counts.refused).toBe(0);
    await endRefused(bench.journal, '2');
    expect(await bench.journal.forget(taskOf('2').request.userId)).toBe(1);
    expect(await bench.journal.get('2')).toBeUndefined();
    expect((await bench.journal.stats()).counts.refused).toBe(0);
  });
}
