import { expect, test } from 'vitest';
import {
  bot,
  claimIds,
  claimOne,
  contractOptions,
  type OpenBench,
  taskOf,
} from './journal-bench.js';

const { leaseMs } = contractOptions;
const hours = 3 * 60 * 60 * 1000;

/** The clauses about a clock that is set while tasks wait and run. */
export function clockClauses(open: OpenBench): void {
  describeJump('forwards', hours);
  describeJump('back', -hours);

  function describeJump(direction: string, by: number): void {
    test(`set ${direction}: a lease lasts as long as it would have`, async () => {
      const bench = await open();
      await bench.journal.accept([taskOf('1'), taskOf('2', { lane: 'b' })]);
      const [first, second] = await bench.journal.claim(2, [bot]);
      if (!first || !second) throw new Error('two tasks were to be claimed');
      await bench.advance(leaseMs / 2);
      bench.set(by);
      expect(await claimIds(bench.journal)).toEqual([]);
      expect((await bench.journal.get('1'))?.state).toBe('running');
      expect((await bench.journal.renew([first])).get(first.token)).toBe(bench.now() + leaseMs);
      await bench.advance(leaseMs / 2 + 5);
      expect(await claimIds(bench.journal)).toEqual([second.task.id]);
      expect(await bench.journal.settle(first, 'answered')).toBe('ok');
      expect(await bench.journal.settle(second, 'answered')).toBe('stale');
    });

    test(`set ${direction}: a task comes back after as long as was wanted`, async () => {
      const bench = await open();
      await bench.journal.accept([taskOf('1')]);
      await bench.journal.retry(await claimOne(bench.journal), bench.now() + 1000);
      await bench.advance(400);
      bench.set(by);
      expect(await claimIds(bench.journal)).toEqual([]);
      expect((await bench.journal.get('1'))?.dueAt).toBe(bench.now() + 600);
      await bench.advance(599);
      expect(await claimIds(bench.journal)).toEqual([]);
      await bench.advance(1);
      expect(await claimIds(bench.journal)).toEqual(['1']);
    });

    test(`set ${direction}: whoever looks for work is woken in time`, async () => {
      const bench = await open();
      await bench.journal.accept([taskOf('1')]);
      await bench.journal.retry(await claimOne(bench.journal), bench.now() + 1000);
      let wakes = 0;
      bench.journal.onWork(() => {
        wakes += 1;
      });
      await bench.journal.stats();
      bench.set(by);
      await bench.journal.stats();
      const before = wakes;
      await bench.advance(1005);
      await bench.journal.stats();
      expect(wakes).toBeGreaterThan(before);
      expect(await claimIds(bench.journal)).toEqual(['1']);
    });

    test(`set ${direction}: what waits in a lane becomes claimable with its turn`, async () => {
      const bench = await open();
      await bench.journal.accept([taskOf('1'), taskOf('2')]);
      const first = await claimOne(bench.journal);
      bench.set(by);
      await bench.journal.settle(first, 'answered');
      expect(await claimIds(bench.journal)).toEqual(['2']);
    });
  }

  test('set back: nothing has arrived in time to come', async () => {
    const bench = await open();
    await bench.journal.accept([taskOf('1', { arrivedAt: bench.now() })]);
    bench.set(-hours);
    expect((await claimOne(bench.journal)).task.arrivedAt).toBe(bench.now());
  });

  test('set by less than a second: everything is left as it is', async () => {
    const bench = await open();
    await bench.journal.accept([taskOf('1')]);
    const claim = await claimOne(bench.journal);
    bench.set(-900);
    const record = await bench.journal.get('1');
    expect(record?.task.arrivedAt).toBe(claim.task.arrivedAt);
  });
}
