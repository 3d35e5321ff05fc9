import { expect, test } from 'vitest';
import { claimIds, claimOne, type OpenBench, taskOf } from './journal-bench.js';

/** The clauses about discarding. */
export function discardClauses(open: OpenBench): void {
  test('settles waiting tasks as dropped, with a reason', async () => {
    const { journal } = await open();
    await journal.accept([taskOf('1'), taskOf('2')]);
    expect(await journal.discard(['2', '2', 'unknown'])).toBe(1);
    const record = await journal.get('2');
    expect(record).toMatchObject({ state: 'dropped', reason: expect.any(String) as string });
    expect(record?.settledAt).toBeTypeOf('number');
    await journal.settle(await claimOne(journal), 'answered');
    expect(await claimIds(journal)).toEqual([]);
  });

  test('settles waiting tasks as told, and frees their lanes', async () => {
    const bench = await open();
    const { journal } = bench;
    await journal.accept([taskOf('1'), taskOf('2'), taskOf('3')]);
    const how = { end: 'dead', reason: 'expired: bot-offline' } as const;
    expect(await journal.discard(['2', '1'], how)).toBe(2);
    for (const id of ['1', '2']) {
      expect(await journal.get(id)).toMatchObject({ state: 'dead', reason: how.reason });
    }
    expect((await journal.stats()).counts).toMatchObject({ dead: 2, dropped: 0 });
    expect(await claimIds(journal)).toEqual(['3']);
    expect(await journal.replay(['1'])).toBe(1);
  });

  test('frees the lane when the task at its head is discarded', async () => {
    const bench = await open();
    await bench.journal.accept([taskOf('1'), taskOf('2')]);
    await bench.journal.retry(await claimOne(bench.journal), bench.now() + 60_000);
    expect(await bench.journal.discard(['1'])).toBe(1);
    expect(await claimIds(bench.journal)).toEqual(['2']);
  });

  test('leaves running and settled tasks alone', async () => {
    const { journal } = await open();
    await journal.accept([taskOf('1'), taskOf('2')]);
    await journal.settle(await claimOne(journal), 'answered');
    const claim = await claimOne(journal);
    expect(await journal.discard(['1', '2'])).toBe(0);
    expect((await journal.get('1'))?.state).toBe('answered');
    expect(await journal.settle(claim, 'answered')).toBe('ok');
  });
}
