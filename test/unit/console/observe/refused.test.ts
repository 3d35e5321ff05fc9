import { expect, test } from 'vitest';
import { deadLetters } from '../../../../src/console/api/dead-letters.js';
import { createObserver } from '../../../../src/console/observe/observer.js';
import type { TaskEnd } from '../../../../src/core/task.js';
import { createMemoryJournal } from '../../../../src/journal/memory-journal.js';
import { manualClock } from '../../../support/manual-clock.js';
import { sampleTask } from '../../../support/sample-task.js';

const reasonText = (reason: string) => ({ en: reason, zh: reason });

test('what a receiver refused is told as such, and counts as no failure anywhere', async () => {
  const clock = manualClock();
  const observer = createObserver({
    clock,
    limits: () => undefined,
    bytes: () => 1_000_000,
    isPrivate: () => false,
    reasonText,
  });
  const journal = observer.watch(createMemoryJournal({ clock }));
  const end = async (id: string, how: TaskEnd, reason: string) => {
    await journal.accept([sampleTask({ id, eventId: id, lane: id })]);
    const [claim] = await journal.claim(1, ['wxid_bot']);
    if (claim === undefined) throw new Error('Nothing to claim.');
    await journal.settle(claim, how, { reason });
  };
  await end('failed', 'dead', 'http-404');
  await end('no', 'refused', 'refused');
  expect(observer.feed.after(observer.feed.last - 1).items).toMatchObject([
    { item: { kind: 'task', task: { id: 'no', state: 'refused' } } },
  ]);
  const { points } = observer.minutes.charts('hour');
  expect(points.reduce((sum, { failures }) => sum + failures, 0)).toBe(1);
  expect(observer.stats.of('subscribe').lastFailure?.task).toBe('failed');
  const dead = await deadLetters(journal, reasonText);
  expect(dead).toMatchObject({ total: 1, groups: [{ reason: 'http-404', count: 1 }] });
});
