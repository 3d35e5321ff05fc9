import { expect, test } from 'vitest';
import type { TaskEnd } from '../../../src/core/task.js';
import { claimIds, claimOne, type OpenBench, taskOf } from './journal-bench.js';

/** The clauses about keeping new tasks. */
export function acceptClauses(open: OpenBench): void {
  test('answers one verdict for each task, in their order', async () => {
    const { journal } = await open();
    await journal.accept([taskOf('2')]);
    expect(await journal.accept([taskOf('1'), taskOf('2'), taskOf('3')])).toEqual([
      { id: '1', kind: 'new' },
      { id: '2', kind: 'known' },
      { id: '3', kind: 'new' },
    ]);
  });

  test('keeps a task exactly, lone surrogates and all', async () => {
    const { journal } = await open();
    const task = taskOf('1');
    await journal.accept([task]);
    expect((await claimOne(journal)).task).toEqual(task);
  });

  test('keeps a task that has no conversation', async () => {
    const { journal } = await open();
    const { conversation: _, ...task } = taskOf('1');
    await journal.accept([task]);
    expect((await claimOne(journal)).task).toEqual(task);
  });

  test('leaves a waiting task of a known id alone', async () => {
    const { journal } = await open();
    await journal.accept([taskOf('1')]);
    await journal.accept([taskOf('1', { rule: 'another' })]);
    expect((await journal.get('1'))?.task.rule).toBe('subscribe');
    expect(await claimIds(journal)).toEqual(['1']);
  });

  test.each<TaskEnd>(['answered', 'dead', 'dropped'])(
    'makes no second task of an id that is known as %s',
    async (end) => {
      const { journal } = await open();
      await journal.accept([taskOf('1')]);
      await journal.settle(await claimOne(journal), end);
      expect(await journal.accept([taskOf('1')])).toEqual([{ id: '1', kind: 'known' }]);
      expect(await claimIds(journal)).toEqual([]);
    },
  );

  test('knows an id that comes twice in one call', async () => {
    const { journal } = await open();
    expect(await journal.accept([taskOf('1'), taskOf('1', { lane: 'b' })])).toEqual([
      { id: '1', kind: 'new' },
      { id: '1', kind: 'known' },
    ]);
    expect(await claimIds(journal)).toEqual(['1']);
  });

  test('keeps nothing of a call that fails', async () => {
    const { journal } = await open();
    const broken = Object.defineProperty(taskOf('2'), 'request', {
      enumerable: true,
      get: () => {
        throw new Error('unreadable');
      },
    });
    await expect(journal.accept([taskOf('1'), broken])).rejects.toThrow('unreadable');
    expect(await journal.get('1')).toBeUndefined();
    expect(await claimIds(journal)).toEqual([]);
  });

  test('does not notice when the task handed over is changed later', async () => {
    const { journal } = await open();
    const variables = { city: '广州' };
    const { request } = taskOf('1');
    await journal.accept([taskOf('1', { request: { ...request, variables } })]);
    variables.city = '北京';
    expect((await journal.get('1'))?.task.request.variables).toEqual({ city: '广州' });
  });

  test('makes a waiting record that is due at once', async () => {
    const bench = await open();
    const before = bench.now();
    await bench.journal.accept([taskOf('1')]);
    const record = await bench.journal.get('1');
    expect(record).toMatchObject({ task: taskOf('1'), state: 'waiting', attempts: [], said: 0 });
    expect(record?.dueAt).toBeGreaterThanOrEqual(before);
    expect(record?.dueAt).toBeLessThanOrEqual(bench.now());
  });
}
