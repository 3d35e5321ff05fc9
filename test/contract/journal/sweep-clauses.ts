import { expect, test } from 'vitest';
import type { Journal } from '../../../src/core/journal.js';
import { bot, claimIds, contractOptions, type OpenBench, taskOf } from './journal-bench.js';
import { settleAll } from './settle-all.js';

const { retention } = contractOptions;

const response = { replies: [{ type: 'text', text: '好的' }] } as const;
const attempt = { startedAt: 1, durationMs: 2, status: 200 };

/** Claims a task and answers it. */
async function answerOne(journal: Journal): Promise<boolean> {
  const [claim] = await journal.claim(1, [bot]);
  if (!claim) return false;
  await journal.record(claim, { kind: 'response', response, attempt });
  await journal.settle(claim, 'answered', { said: 1 });
  return true;
}

async function answerAll(journal: Journal): Promise<void> {
  while (await answerOne(journal));
}

/** The clauses about the retention. */
export function sweepClauses(open: OpenBench): void {
  test('deletes settled tasks past their age, and spares the younger', async () => {
    const bench = await open();
    await bench.journal.accept([taskOf('old')]);
    await settleAll(bench.journal);
    // Half of the age is left for what follows, on a clock that cannot be set.
    await bench.advance(retention.ageMs / 2);
    await bench.journal.accept([taskOf('young')]);
    await settleAll(bench.journal);
    expect(await bench.journal.sweep()).toBe(0);
    await bench.advance(retention.ageMs / 2 + 5);
    expect(await bench.journal.sweep()).toBe(1);
    expect(await bench.journal.get('old')).toBeUndefined();
    expect(await bench.journal.get('young')).toBeDefined();
  });

  test('deletes what is over the number, the ones settled first', async () => {
    const { journal } = await open();
    await journal.accept(Array.from({ length: 8 }, (_, n) => taskOf(`${n}`)));
    await settleAll(journal);
    expect(await journal.sweep()).toBe(8 - retention.tasks);
    const left = (await journal.find({})).map((record) => record.task.id);
    expect(left).toEqual(['7', '6', '5', '4', '3']);
    expect((await journal.stats()).counts.answered).toBe(retention.tasks);
  });

  test('spares unsettled tasks, however old', async () => {
    const bench = await open();
    await bench.journal.accept([taskOf('1')]);
    await bench.advance(retention.ageMs + 5);
    expect(await bench.journal.sweep()).toBe(0);
    expect(await claimIds(bench.journal)).toEqual(['1']);
  });

  test('spares a replayed task, and not the ones settled after it', async () => {
    const bench = await open();
    await bench.journal.accept([taskOf('1'), taskOf('2')]);
    await settleAll(bench.journal);
    await bench.journal.replay(['1']);
    await bench.advance(retention.ageMs + 5);
    expect(await bench.journal.sweep()).toBe(1);
    expect((await bench.journal.find({})).map((record) => record.task.id)).toEqual(['1']);
  });

  test('deletes the text of settled tasks before the tasks, and spares the younger', async () => {
    const bench = await open();
    await bench.journal.accept([taskOf('old')]);
    await answerAll(bench.journal);
    await bench.advance(retention.textMs - 300);
    await bench.journal.accept([taskOf('young'), taskOf('waits', { lane: 'b' })]);
    await answerOne(bench.journal);
    expect(await bench.journal.sweep()).toBe(0);
    expect((await bench.journal.get('old'))?.task).toEqual(taskOf('old'));
    await bench.advance(305);
    expect(await bench.journal.sweep()).toBe(0);
    const record = await bench.journal.get('old');
    const { userId, isSelf } = taskOf('old').request;
    expect(record?.task).toEqual({ ...taskOf('old'), request: { question: '', userId, isSelf } });
    expect(record).toMatchObject({ state: 'answered', said: 1, attempts: [attempt] });
    expect(record).not.toHaveProperty('response');
    expect(await bench.journal.get('young')).toMatchObject({ task: taskOf('young'), response });
    expect((await bench.journal.get('waits'))?.task).toEqual(taskOf('waits', { lane: 'b' }));
  });

  test('deletes the text of what is settled afterwards as well', async () => {
    const bench = await open();
    for (const id of ['1', '2']) {
      await bench.journal.accept([taskOf(id)]);
      await answerAll(bench.journal);
      await bench.advance(retention.textMs + 5);
      await bench.journal.sweep();
      expect((await bench.journal.get(id))?.task.request.question).toBe('');
    }
  });

  test('does not replay a task whose text is deleted', async () => {
    const bench = await open();
    await bench.journal.accept([taskOf('1')]);
    await answerAll(bench.journal);
    await bench.advance(retention.textMs + 5);
    await bench.journal.sweep();
    expect(await bench.journal.replay(['1'])).toBe(0);
    expect((await bench.journal.get('1'))?.state).toBe('answered');
  });

  test('makes a swept id new again', async () => {
    const bench = await open();
    await bench.journal.accept([taskOf('1')]);
    await settleAll(bench.journal);
    await bench.advance(retention.ageMs + 5);
    await bench.journal.sweep();
    expect(await bench.journal.accept([taskOf('1')])).toEqual([{ id: '1', kind: 'new' }]);
  });
}
