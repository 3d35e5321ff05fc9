import { expect, test } from 'vitest';
import type { Claim } from '../../../src/core/journal.js';
import {
  bot,
  claimIds,
  claimOne,
  contractOptions,
  type OpenBench,
  taskOf,
} from './journal-bench.js';
import { lateCalls } from './late-calls.js';

const { leaseMs } = contractOptions;

/** The clauses about leases and late holders. */
export function leaseClauses(open: OpenBench): void {
  test('ends by itself: the task waits and may be claimed by another', async () => {
    const bench = await open();
    await bench.journal.accept([taskOf('1'), taskOf('2')]);
    const first = await claimOne(bench.journal);
    await bench.advance(leaseMs + 5);
    expect((await bench.journal.get('1'))?.state).toBe('waiting');
    const second = await claimOne(bench.journal);
    expect(second.task.id).toBe('1');
    expect(second.token).not.toBe(first.token);
  });

  test.each(lateCalls)('answers stale to the %s of a former holder', async (_, call) => {
    const bench = await open();
    await bench.journal.accept([taskOf('1')]);
    const first = await claimOne(bench.journal);
    await bench.advance(leaseMs + 5);
    const second = await claimOne(bench.journal);
    const before = await bench.journal.get('1');
    expect(await call(bench.journal, first)).toBe('stale');
    expect(await bench.journal.get('1')).toEqual(before);
    expect(await bench.journal.settle(second, 'answered')).toBe('ok');
  });

  test.each(lateCalls)('lets a late holder %s while nobody else has claimed', async (_, call) => {
    const bench = await open();
    await bench.journal.accept([taskOf('1')]);
    const claim = await claimOne(bench.journal);
    await bench.advance(leaseMs + 5);
    expect(await call(bench.journal, claim)).toBe('ok');
  });

  test.each(lateCalls)('answers stale to a %s after the task is settled', async (_, call) => {
    const { journal } = await open();
    await journal.accept([taskOf('1')]);
    const claim = await claimOne(journal);
    await journal.settle(claim, 'answered');
    const before = await journal.get('1');
    expect(await call(journal, claim)).toBe('stale');
    expect(await journal.get('1')).toEqual(before);
  });

  test.each(lateCalls)('answers stale to a %s after the task is given back', async (_, call) => {
    const { journal } = await open();
    await journal.accept([taskOf('1')]);
    const claim = await claimOne(journal);
    await journal.retry(claim, 0);
    expect(await call(journal, claim)).toBe('stale');
  });

  test('goes on when it is renewed', async () => {
    const bench = await open();
    await bench.journal.accept([taskOf('1')]);
    const claim = await claimOne(bench.journal);
    await bench.advance(leaseMs / 2);
    const held = await bench.journal.renew([claim]);
    expect(held.get(claim.token)).toBeGreaterThanOrEqual(claim.leaseUntil + leaseMs / 3);
    await bench.advance(leaseMs * 0.7);
    expect(await claimIds(bench.journal)).toEqual([]);
    expect(await bench.journal.settle(claim, 'answered')).toBe('ok');
  });

  test('is renewed for those only who still hold it', async () => {
    const bench = await open();
    await bench.journal.accept([taskOf('1'), taskOf('2', { lane: 'b' })]);
    const [first, second] = (await bench.journal.claim(2, [bot])) as [Claim, Claim];
    await bench.journal.settle(first, 'answered');
    const held = await bench.journal.renew([first, second]);
    expect([...held.keys()]).toEqual([second.token]);
  });

  test('ends again after it was renewed', async () => {
    const bench = await open();
    await bench.journal.accept([taskOf('1')]);
    const claim = await claimOne(bench.journal);
    await bench.journal.renew([claim]);
    await bench.advance(leaseMs + 5);
    expect(await claimIds(bench.journal)).toEqual(['1']);
    expect([...(await bench.journal.renew([claim]))]).toEqual([]);
  });
}
