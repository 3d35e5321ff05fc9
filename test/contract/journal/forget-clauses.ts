import { expect, test } from 'vitest';
import type { Claim } from '../../../src/core/journal.js';
import { bot, claimIds, claimOne, type OpenBench, taskOf } from './journal-bench.js';

/** The clauses about forgetting a person. */
export function forgetClauses(open: OpenBench): void {
  const { request } = taskOf('1');
  const ofBob = { request: { ...request, userId: 'bob' } };

  test('deletes all tasks of a person, and those in private with them', async () => {
    const { journal } = await open();
    await journal.accept([
      taskOf('1', ofBob),
      taskOf('2'),
      taskOf('3', { lane: 'b', conversation: { kind: 'contact', id: 'bob' } }),
    ]);
    await journal.settle((await journal.claim(1, [bot]))[0] as Claim, 'answered');
    expect(await journal.forget('bob')).toBe(2);
    expect((await journal.find({})).map((record) => record.task.id)).toEqual(['2']);
    expect((await journal.stats()).counts).toMatchObject({ waiting: 1, answered: 0 });
  });

  test('deletes the tasks whose message quotes a person', async () => {
    const { journal } = await open();
    const quoting = { ...request, message: { quoted: { userId: 'bob', text: '昨天 订阅' } } };
    await journal.accept([taskOf('1', { request: quoting }), taskOf('2')]);
    expect((await journal.get('1'))?.task.request).toEqual(quoting);
    expect(await journal.forget('bob')).toBe(1);
    expect((await journal.find({})).map((record) => record.task.id)).toEqual(['2']);
  });

  test('shuts out who runs such a task, and frees its lane', async () => {
    const { journal } = await open();
    await journal.accept([taskOf('1', ofBob), taskOf('2')]);
    const claim = await claimOne(journal);
    await journal.forget('bob');
    expect(await journal.settle(claim, 'answered')).toBe('stale');
    expect(await claimIds(journal)).toEqual(['2']);
  });

  test('spares a room that happens to have the id of a person', async () => {
    const { journal } = await open();
    await journal.accept([taskOf('1', { conversation: { kind: 'room', id: 'bob' } })]);
    expect(await journal.forget('bob')).toBe(0);
    expect(await claimIds(journal)).toEqual(['1']);
  });
}
