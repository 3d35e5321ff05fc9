import { expect, type Mock, test, vi } from 'vitest';
import type { Claim, Journal } from '../../../src/core/journal.js';
import {
  bot,
  claimIds,
  claimOne,
  contractOptions,
  type OpenBench,
  taskOf,
} from './journal-bench.js';
import { settleAll } from './settle-all.js';

const { leaseMs } = contractOptions;

/** What a test may wait for a wake-up on a busy machine. */
const patience = { timeout: 90_000, interval: 5 };

/** A listener that counts the calls from here on. */
async function listen(journal: Journal): Promise<Mock<() => void>> {
  const wake = vi.fn<() => void>();
  journal.onWork(wake);
  await journal.stats();
  wake.mockClear();
  return wake;
}

/** The clauses about waking. */
export function onWorkClauses(open: OpenBench): void {
  test('wakes when a task is accepted', async () => {
    const { journal } = await open();
    const wake = await listen(journal);
    await journal.accept([taskOf('1')]);
    await vi.waitFor(() => expect(wake).toHaveBeenCalled(), patience);
  });

  test('wakes a listener that comes when work is there already', async () => {
    const { journal } = await open();
    await journal.accept([taskOf('1')]);
    const wake = vi.fn<() => void>();
    journal.onWork(wake);
    await vi.waitFor(() => expect(wake).toHaveBeenCalled(), patience);
  });

  test('wakes when the next of a lane becomes claimable', async () => {
    const { journal } = await open();
    await journal.accept([taskOf('1'), taskOf('2')]);
    const claim = await claimOne(journal);
    const wake = await listen(journal);
    await journal.settle(claim, 'answered');
    await vi.waitFor(() => expect(wake).toHaveBeenCalled(), patience);
  });

  test('wakes when a delayed task becomes due', async () => {
    const bench = await open();
    await bench.journal.accept([taskOf('1')]);
    const claim = await claimOne(bench.journal);
    const wake = await listen(bench.journal);
    await bench.journal.retry(claim, bench.now() + 100);
    wake.mockClear();
    await bench.advance(105);
    await vi.waitFor(() => expect(wake).toHaveBeenCalled(), patience);
    expect(await claimIds(bench.journal)).toEqual(['1']);
  });

  test('wakes when a lease ends', async () => {
    const bench = await open();
    await bench.journal.accept([taskOf('1')]);
    await claimOne(bench.journal);
    const wake = await listen(bench.journal);
    await bench.advance(leaseMs + 5);
    await vi.waitFor(() => expect(wake).toHaveBeenCalled(), patience);
    expect(await claimIds(bench.journal)).toEqual(['1']);
  });

  test('wakes for the earlier of two moments although the later was known first', async () => {
    const bench = await open();
    await bench.journal.accept([taskOf('1'), taskOf('2', { lane: 'b' })]);
    const [first, second] = (await bench.journal.claim(2, [bot])) as [Claim, Claim];
    const wake = await listen(bench.journal);
    await bench.journal.retry(first, bench.now() + 60_000);
    await bench.journal.retry(second, bench.now() + 100);
    wake.mockClear();
    await bench.advance(105);
    await vi.waitFor(() => expect(wake).toHaveBeenCalled(), patience);
    expect(await claimIds(bench.journal)).toEqual(['2']);
  });

  test('wakes when a task is replayed', async () => {
    const { journal } = await open();
    await journal.accept([taskOf('1')]);
    await settleAll(journal);
    const wake = await listen(journal);
    await journal.replay(['1']);
    await vi.waitFor(() => expect(wake).toHaveBeenCalled(), patience);
  });

  test('wakes when the head of a lane is discarded', async () => {
    const bench = await open();
    await bench.journal.accept([taskOf('1'), taskOf('2')]);
    await bench.journal.retry(await claimOne(bench.journal), bench.now() + 60_000);
    const wake = await listen(bench.journal);
    await bench.journal.discard(['1']);
    await vi.waitFor(() => expect(wake).toHaveBeenCalled(), patience);
  });

  test('wakes nobody who has stopped listening, and everybody else', async () => {
    const { journal } = await open();
    const stopped = vi.fn<() => void>();
    const stop = journal.onWork(stopped);
    const wake = await listen(journal);
    stop();
    stopped.mockClear();
    await journal.accept([taskOf('1')]);
    await vi.waitFor(() => expect(wake).toHaveBeenCalled(), patience);
    expect(stopped).not.toHaveBeenCalled();
  });
}
