import { expect, test } from 'vitest';
import type { Claim } from '../../../src/core/journal.js';
import { bot, claimOne, type JournalBench, type OpenBench, taskOf } from './journal-bench.js';

/** The clauses about listing. */
export function findClauses(open: OpenBench): void {
  /** Four tasks that differ in all that can be asked for. */
  async function openFilled(): Promise<JournalBench> {
    const bench = await open();
    const at = 1_764_572_000_000;
    await bench.journal.accept([
      taskOf('1', { arrivedAt: at, lane: '1' }),
      taskOf('2', { arrivedAt: at + 1, lane: '2', rule: 'echo' }),
      taskOf('3', { arrivedAt: at + 2, lane: '3', botId: 'other' }),
      taskOf('4', { arrivedAt: at + 3, lane: '4', conversation: { kind: 'contact', id: 'bob' } }),
    ]);
    const [first, second] = await bench.journal.claim(2, [bot]);
    await bench.journal.settle(first as Claim, 'dead');
    await bench.journal.settle(second as Claim, 'answered');
    await bench.journal.claim(1, ['other']);
    return bench;
  }

  test.each([
    ['everything, newest first', {}, ['4', '3', '2', '1']],
    ['by one state', { states: ['dead'] }, ['1']],
    ['by several states', { states: ['waiting', 'running'] }, ['4', '3']],
    ['by no state at all', { states: [] }, []],
    ['by rule', { rule: 'echo' }, ['2']],
    ['by bot', { botId: 'other' }, ['3']],
    ['by conversation', { conversationId: 'bob' }, ['4']],
    ['from a time on', { since: 1_764_572_000_002 }, ['4', '3']],
    ['before a time', { until: 1_764_572_000_002 }, ['2', '1']],
    ['at most so many', { limit: 2 }, ['4', '3']],
    ['behind a task', { behind: '3' }, ['2', '1']],
    ['behind a task, by state', { behind: '3', states: ['dead'] }, ['1']],
    ['nothing behind the oldest', { behind: '1' }, []],
    ['nothing behind a task that is gone', { behind: 'gone' }, []],
    ['by several conditions', { botId: bot, states: ['answered', 'waiting'], limit: 1 }, ['4']],
  ] as const)('lists %s', async (_, query, ids) => {
    const { journal } = await openFilled();
    const found = await journal.find(query);
    expect(found.map((record) => record.task.id)).toEqual(ids);
  });

  test('lists a hundred unless told otherwise', async () => {
    const { journal } = await open();
    await journal.accept(Array.from({ length: 120 }, (_, n) => taskOf(`${n}`)));
    expect(await journal.find({})).toHaveLength(100);
    expect(await journal.find({ limit: 110 })).toHaveLength(110);
  });

  test('lists a replayed task as the newest', async () => {
    const { journal } = await open();
    const arrivedAt = 1_764_572_000_000;
    await journal.accept([taskOf('1', { arrivedAt }), taskOf('2', { arrivedAt })]);
    await journal.settle(await claimOne(journal), 'dead');
    await journal.replay(['1']);
    expect((await journal.find({})).map((record) => record.task.id)).toEqual(['1', '2']);
  });

  test('lists everything once, page by page, however many arrived in one millisecond', async () => {
    const { journal } = await open();
    await journal.accept(Array.from({ length: 25 }, (_, n) => taskOf(`${n}`)));
    const seen: string[] = [];
    for (let behind: string | undefined; ; behind = seen.at(-1)) {
      const page = await journal.find({ limit: 10, ...(behind !== undefined && { behind }) });
      if (page.length === 0) break;
      seen.push(...page.map((record) => record.task.id));
    }
    expect(seen).toEqual(Array.from({ length: 25 }, (_, n) => `${24 - n}`));
  });

  test('answers nothing for an unknown id', async () => {
    const { journal } = await open();
    expect(await journal.get('nobody')).toBeUndefined();
  });

  test('tells which task each that waits is behind, by id', async () => {
    const { journal } = await open();
    await journal.accept(['1', '2', '3'].map((id) => taskOf(id)));
    await journal.accept([taskOf('4', { lane: 'b' })]);
    const ids = ['1', '2', '3', '4', 'unknown'];
    expect(await journal.blockers(ids)).toEqual(
      new Map([
        ['2', '1'],
        ['3', '1'],
      ]),
    );
    const [claim] = await journal.claim(1, [bot]);
    if (claim) await journal.settle(claim, 'answered');
    expect(await journal.blockers(ids)).toEqual(new Map([['3', '2']]));
    expect(await journal.blockers([])).toEqual(new Map());
  });
}
