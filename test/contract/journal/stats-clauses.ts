import { expect, test } from 'vitest';
import type { Claim } from '../../../src/core/journal.js';
import { bot, claimOne, type OpenBench, taskOf } from './journal-bench.js';

/** The clauses about counting. */
export function statsClauses(open: OpenBench): void {
  test('counts an empty journal', async () => {
    const { journal } = await open();
    expect(await journal.stats()).toEqual({
      counts: { waiting: 0, running: 0, answered: 0, refused: 0, dead: 0, dropped: 0, unknown: 0 },
    });
  });

  test('counts tasks by state and knows the oldest that is unsettled', async () => {
    const { journal } = await open();
    const ids = [1, 2, 3, 4, 5, 6];
    await journal.accept(ids.map((n) => taskOf(`${n}`, { lane: `${n}`, arrivedAt: 1000 + n })));
    const [first, second] = (await journal.claim(3, [bot])) as [Claim, Claim];
    await journal.settle(first, 'answered');
    await journal.settle(second, 'dead');
    await journal.discard(['4']);
    expect(await journal.stats()).toEqual({
      counts: { waiting: 2, running: 1, answered: 1, refused: 0, dead: 1, dropped: 1, unknown: 0 },
      oldestUnsettled: 1003,
    });
  });

  test('counts a replayed task as waiting', async () => {
    const { journal } = await open();
    await journal.accept([taskOf('1')]);
    await journal.settle(await claimOne(journal), 'dead');
    await journal.replay(['1']);
    expect((await journal.stats()).counts).toMatchObject({ waiting: 1, dead: 0 });
  });
}
