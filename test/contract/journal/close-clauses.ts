import { expect, test, vi } from 'vitest';
import type { Claim, Journal } from '../../../src/core/journal.js';
import { bot, claimOne, contractOptions, type OpenBench, taskOf } from './journal-bench.js';
import { lateCalls } from './late-calls.js';

const { leaseMs } = contractOptions;

const closedCalls: readonly [string, (journal: Journal, claim: Claim) => Promise<unknown>][] = [
  ['accept', (journal) => journal.accept([taskOf('2')])],
  ['claim', (journal) => journal.claim(1, [bot])],
  ['renew', (journal, claim) => journal.renew([claim])],
  ...lateCalls,
  ['find', (journal) => journal.find({})],
  ['get', (journal) => journal.get('1')],
  ['replay', (journal) => journal.replay(['1'])],
  ['discard', (journal) => journal.discard(['1'])],
  ['stats', (journal) => journal.stats()],
  ['forget', (journal) => journal.forget('wxid_alice')],
  ['sweep', (journal) => journal.sweep()],
  ['back up', (journal) => journal.backup('backup.db')],
];

/** The clauses about closing. */
export function closeClauses(open: OpenBench): void {
  test.each(closedCalls)('refuses to %s afterwards', async (_, call) => {
    const { journal } = await open();
    await journal.accept([taskOf('1')]);
    const claim = await claimOne(journal);
    await journal.close();
    await expect(call(journal, claim)).rejects.toMatchObject({ code: 'journal-closed' });
  });

  test('takes no listener afterwards', async () => {
    const { journal } = await open();
    await journal.close();
    expect(() => journal.onWork(() => {})).toThrow(
      expect.objectContaining({ code: 'journal-closed' }),
    );
  });

  test('may be done twice', async () => {
    const { journal } = await open();
    await journal.close();
    await expect(journal.close()).resolves.toBeUndefined();
  });

  test('finishes what was asked before', async () => {
    const { journal } = await open();
    const accepted = journal.accept([taskOf('1')]);
    await journal.close();
    expect(await accepted).toEqual([{ id: '1', kind: 'new' }]);
  });

  test('wakes nobody any more', async () => {
    const bench = await open();
    await bench.journal.accept([taskOf('1')]);
    await claimOne(bench.journal);
    const wake = vi.fn<() => void>();
    bench.journal.onWork(wake);
    await bench.journal.close();
    wake.mockClear();
    await bench.advance(leaseMs + 50);
    expect(wake).not.toHaveBeenCalled();
  });
}
