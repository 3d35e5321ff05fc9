import { expect, test } from 'vitest';
import { claimIds, claimOne, type OpenBench, taskOf } from './journal-bench.js';
import { failedAttempt } from './samples.js';

/** The clauses about tasks that come back. */
export function retryClauses(open: OpenBench): void {
  test('brings a task back when it is due, not before', async () => {
    const bench = await open();
    await bench.journal.accept([taskOf('1')]);
    const at = bench.now() + 150;
    expect(await bench.journal.retry(await claimOne(bench.journal), at)).toBe('ok');
    expect(await bench.journal.get('1')).toMatchObject({ state: 'waiting', dueAt: at });
    expect(await claimIds(bench.journal)).toEqual([]);
    await bench.advance(155);
    expect(await claimIds(bench.journal)).toEqual(['1']);
  });

  test('brings a task back at once when its time has passed already', async () => {
    const bench = await open();
    await bench.journal.accept([taskOf('1')]);
    await bench.journal.retry(await claimOne(bench.journal), bench.now() - 1000);
    expect(await claimIds(bench.journal)).toEqual(['1']);
  });

  test('holds the lane meanwhile, and no other', async () => {
    const bench = await open();
    await bench.journal.accept([taskOf('1'), taskOf('2')]);
    await bench.journal.retry(await claimOne(bench.journal), bench.now() + 150);
    await bench.journal.accept([taskOf('3', { lane: 'b' })]);
    expect(await claimIds(bench.journal)).toEqual(['3']);
    await bench.advance(155);
    expect(await claimIds(bench.journal)).toEqual(['1']);
  });

  test('counts the attempt and the failed try to say', async () => {
    const bench = await open();
    await bench.journal.accept([taskOf('1')]);
    await bench.journal.retry(await claimOne(bench.journal), 0, { attempt: failedAttempt });
    await bench.journal.retry(await claimOne(bench.journal), 0, { sayFailed: true });
    expect(await claimOne(bench.journal)).toMatchObject({ attempts: 1, sayFailures: 1 });
    expect((await bench.journal.get('1'))?.attempts).toEqual([failedAttempt]);
  });

  test('counts nothing when the task only waits', async () => {
    const bench = await open();
    await bench.journal.accept([taskOf('1')]);
    await bench.journal.retry(await claimOne(bench.journal), 0);
    expect(await claimOne(bench.journal)).toMatchObject({ attempts: 0, sayFailures: 0 });
  });

  test('waits for weeks if it must', async () => {
    const bench = await open();
    await bench.journal.accept([taskOf('1')]);
    const stop = bench.journal.onWork(() => {});
    const at = bench.now() + 60 * 24 * 3600 * 1000;
    await bench.journal.retry(await claimOne(bench.journal), at);
    await bench.advance(20);
    expect(await claimIds(bench.journal)).toEqual([]);
    stop();
  });
}
