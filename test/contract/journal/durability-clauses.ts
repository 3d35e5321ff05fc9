import { expect, test } from 'vitest';
import { claimIds, claimOne, contractOptions, type OpenBench, taskOf } from './journal-bench.js';
import { attempt, failedAttempt, response } from './samples.js';
import { settleAll } from './settle-all.js';

const { leaseMs } = contractOptions;

/** The clauses about what survives a crash. */
export function durabilityClauses(open: OpenBench): void {
  test('has every accepted task after a crash, in order', async () => {
    const bench = await open();
    await bench.journal.accept([taskOf('1'), taskOf('2')]);
    await bench.reopen();
    expect(await claimIds(bench.journal)).toEqual(['1']);
    expect((await bench.journal.get('2'))?.task).toEqual(taskOf('2'));
  });

  test('has what was answered and said after a crash, and lets it be claimed again', async () => {
    const bench = await open();
    await bench.journal.accept([taskOf('1'), taskOf('2')]);
    const claim = await claimOne(bench.journal);
    await bench.journal.record(claim, { kind: 'response', response, attempt });
    await bench.journal.record(claim, { kind: 'said', count: 1 });
    await bench.reopen();
    await bench.advance(leaseMs + 5);
    const again = await claimOne(bench.journal);
    expect(again).toMatchObject({ response, said: 1, attempts: 1 });
    expect(again.task.id).toBe('1');
    expect(await bench.journal.settle(claim, 'answered')).toBe('stale');
  });

  test('has a retry with its time after a crash', async () => {
    const bench = await open();
    await bench.journal.accept([taskOf('1')]);
    const at = bench.now() + 60_000;
    await bench.journal.retry(await claimOne(bench.journal), at, { attempt: failedAttempt });
    await bench.reopen();
    expect(await claimIds(bench.journal)).toEqual([]);
    expect(await bench.journal.get('1')).toMatchObject({ dueAt: at, attempts: [failedAttempt] });
  });

  test('knows a settled id after a crash', async () => {
    const bench = await open();
    await bench.journal.accept([taskOf('1')]);
    await settleAll(bench.journal, 'dead');
    await bench.reopen();
    expect(await bench.journal.accept([taskOf('1')])).toEqual([{ id: '1', kind: 'known' }]);
    expect(await bench.journal.get('1')).toMatchObject({ state: 'dead', reason: 'settled' });
  });

  test('has forgotten for good', async () => {
    const bench = await open();
    await bench.journal.accept([taskOf('1')]);
    await bench.journal.forget('wxid_alice');
    await bench.reopen();
    expect(await bench.journal.get('1')).toBeUndefined();
  });
}

/** What survives when the clock was set meanwhile, where it can be. */
export function durableClockClauses(open: OpenBench): void {
  test('has a retry in time when the clock was set back meanwhile', async () => {
    const bench = await open();
    await bench.journal.accept([taskOf('1', { arrivedAt: bench.now() }), taskOf('2')]);
    await bench.journal.retry(await claimOne(bench.journal), bench.now() + 1000);
    bench.set(-3 * 60 * 60 * 1000);
    await bench.reopen();
    expect(await claimIds(bench.journal)).toEqual([]);
    expect((await bench.journal.get('1'))?.task.arrivedAt).toBe(bench.now());
    await bench.advance(1000);
    const claim = await claimOne(bench.journal);
    expect(claim.task.id).toBe('1');
    await bench.journal.settle(claim, 'answered');
    expect(await claimIds(bench.journal)).toEqual(['2']);
  });
}
