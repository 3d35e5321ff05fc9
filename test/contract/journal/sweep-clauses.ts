import { expect, test } from 'vitest';
import type { Claim, Journal } from '../../../src/core/journal.js';
import { timed } from '../../support/timed.js';
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
  test('deletes settled tasks past their age, and spares the younger', timed, async () => {
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

  test(
    'deletes the text of settled tasks before the tasks, and spares the younger',
    timed,
    async () => {
      const bench = await open();
      await bench.journal.accept([taskOf('old')]);
      await answerAll(bench.journal);
      await bench.advance(retention.answeredTextMs - 300);
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
    },
  );

  test('deletes the text of what is settled afterwards as well', async () => {
    const bench = await open();
    for (const id of ['1', '2']) {
      await bench.journal.accept([taskOf(id)]);
      await answerAll(bench.journal);
      await bench.advance(retention.answeredTextMs + 5);
      await bench.journal.sweep();
      expect((await bench.journal.get(id))?.task.request.question).toBe('');
    }
  });

  test('deletes the text of answered tasks sooner than that of others', async () => {
    const bench = await open();
    await bench.journal.accept([taskOf('answered'), taskOf('dead', { lane: 'b' })]);
    for (const claim of await bench.journal.claim(2, [bot])) {
      await bench.journal.settle(claim, claim.task.id === 'dead' ? 'dead' : 'answered');
    }
    const questions = async () => {
      await bench.journal.sweep();
      const records = [await bench.journal.get('answered'), await bench.journal.get('dead')];
      // One that is deleted as a whole has no text either.
      return records.map((record) => (record?.task.request.question ?? '') !== '');
    };
    expect(await questions()).toEqual([true, true]);
    await bench.advance(retention.answeredTextMs + 5);
    expect(await questions()).toEqual([false, true]);
    await bench.advance(retention.textMs - retention.answeredTextMs);
    expect(await questions()).toEqual([false, false]);
  });

  test('deletes a text at its own time, once its task is settled', async () => {
    const bench = await open();
    const textUntil = bench.now() + 100;
    const tasks = [taskOf('1', { textUntil }), taskOf('2', { textUntil, lane: 'b' })];
    await bench.journal.accept(tasks);
    expect((await bench.journal.get('1'))?.task).toEqual(tasks[0]);
    const [claim, late] = await bench.journal.claim(2, [bot]);
    if (!claim || !late) throw new Error('Two tasks were to be claimed');
    expect(claim.task.textUntil).toBe(textUntil);
    await bench.journal.settle(claim, 'answered');
    await bench.advance(105);
    await bench.journal.sweep();
    const isBlank = async ({ task: { id } }: Claim) =>
      (await bench.journal.get(id))?.task.request.question === '';
    expect([await isBlank(claim), await isBlank(late)]).toEqual([true, false]);
    await bench.journal.settle(late, 'dead');
    await bench.journal.sweep();
    expect(await isBlank(late)).toBe(true);
  });

  test('does not replay a task whose text is deleted', async () => {
    const bench = await open();
    await bench.journal.accept([taskOf('1')]);
    await answerAll(bench.journal);
    await bench.advance(retention.answeredTextMs + 5);
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
