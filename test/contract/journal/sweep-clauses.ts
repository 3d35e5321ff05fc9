import { expect, test } from 'vitest';
import { claimIds, contractOptions, type OpenBench, taskOf } from './journal-bench.js';
import { settleAll } from './settle-all.js';

const { retention } = contractOptions;

/** The clauses about the retention. */
export function sweepClauses(open: OpenBench): void {
  test('deletes settled tasks past their age, and spares the younger', async () => {
    const bench = await open();
    await bench.journal.accept([taskOf('old')]);
    await settleAll(bench.journal);
    await bench.advance(retention.ageMs - 100);
    await bench.journal.accept([taskOf('young')]);
    await settleAll(bench.journal);
    expect(await bench.journal.sweep()).toBe(0);
    await bench.advance(105);
    expect(await bench.journal.sweep()).toBe(1);
    expect(await bench.journal.get('old')).toBeUndefined();
    expect(await bench.journal.get('young')).toBeDefined();
  });

  test('deletes what is over the number, the ones settled first', async () => {
    const { journal } = await open();
    await journal.accept(Array.from({ length: 8 }, (_, n) => taskOf(`${n}`)));
    await settleAll(journal);
    expect(await journal.sweep()).toBe(8 - retention.tasks);
    const left = (await journal.find({})).map((record) => record.task.id);
    expect(left).toEqual(['7', '6', '5', '4', '3']);
    expect((await journal.stats()).counts.answered).toBe(retention.tasks);
  });

  test('spares unsettled tasks, however old', async () => {
    const bench = await open();
    await bench.journal.accept([taskOf('1')]);
    await bench.advance(retention.ageMs + 5);
    expect(await bench.journal.sweep()).toBe(0);
    expect(await claimIds(bench.journal)).toEqual(['1']);
  });

  test('spares a replayed task, and not the ones settled after it', async () => {
    const bench = await open();
    await bench.journal.accept([taskOf('1'), taskOf('2')]);
    await settleAll(bench.journal);
    await bench.journal.replay(['1']);
    await bench.advance(retention.ageMs + 5);
    expect(await bench.journal.sweep()).toBe(1);
    expect((await bench.journal.find({})).map((record) => record.task.id)).toEqual(['1']);
  });

  test('makes a swept id new again', async () => {
    const bench = await open();
    await bench.journal.accept([taskOf('1')]);
    await settleAll(bench.journal);
    await bench.advance(retention.ageMs + 5);
    await bench.journal.sweep();
    expect(await bench.journal.accept([taskOf('1')])).toEqual([{ id: '1', kind: 'new' }]);
  });
}
