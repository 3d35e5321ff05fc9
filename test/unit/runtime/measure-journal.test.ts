import { describe, expect, test } from 'vitest';
import { systemClock } from '../../../src/core/clock.js';
import { type Metrics, noMetrics } from '../../../src/core/metrics.js';
import { createMemoryJournal } from '../../../src/journal/memory-journal.js';
import { measureJournal } from '../../../src/runtime/measure-journal.js';
import { sampleTask } from '../../support/sample-task.js';

function counting(): { readonly counted: string[]; readonly metrics: Metrics } {
  const counted: string[] = [];
  const note =
    (what: string) =>
    (...args: readonly unknown[]) => {
      counted.push([what, ...args].join(' '));
    };
  return {
    counted,
    metrics: {
      heard: note('heard'),
      matched: note('matched'),
      accepted: note('accepted'),
      attempted: note('attempted'),
      said: note('said'),
      settled: note('settled'),
      late: note('late'),
      dropped: note('dropped'),
      silenced: note('silenced'),
      replayed: note('replayed'),
      forgotten: note('forgotten'),
      swept: note('swept'),
      // Times differ from run to run.
      keptIn: (ms) => expect(ms).toBeGreaterThan(0),
      journalFailed: note('journalFailed'),
    },
  };
}

const failed = { startedAt: 0, durationMs: 5, status: 503, reason: 'http-503' };
const lost = { startedAt: 0, durationMs: 6, reason: 'timeout' };
const done = { startedAt: 0, durationMs: 7, status: 200 };
const replies = ['一', '二', '三'].map((text) => ({ type: 'text', text }) as const);

async function claimed(journal: ReturnType<typeof createMemoryJournal>) {
  const [claim] = await journal.claim(1, ['wxid_bot']);
  if (claim === undefined) throw new Error('Nothing to claim.');
  return claim;
}

describe('a measured journal', () => {
  test('counts what is kept, called, said and settled, each once', async () => {
    const { counted, metrics } = counting();
    const journal = measureJournal(createMemoryJournal(), metrics);
    await journal.accept([sampleTask()]);
    await journal.accept([sampleTask()]);
    const first = await claimed(journal);
    await journal.retry(first, 0, { attempt: failed });
    const second = await claimed(journal);
    await journal.retry(second, 0, { attempt: lost });
    const claim = await claimed(journal);
    await journal.record(claim, { kind: 'response', response: { replies }, attempt: done });
    await journal.record(claim, { kind: 'said', count: 1 });
    await journal.record(claim, { kind: 'said', count: 2 });
    await journal.settle(claim, 'answered', { said: 3 });
    expect(counted).toEqual([
      'accepted subscribe',
      'attempted subscribe 5xx 5',
      'attempted subscribe none 6',
      'attempted subscribe 2xx 7',
      'said subscribe 1',
      'said subscribe 1',
      'said subscribe 1',
      'settled subscribe answered',
    ]);
  });

  test('counts what ends because its time is over, by its cause', async () => {
    const { counted, metrics } = counting();
    const journal = measureJournal(createMemoryJournal(), metrics);
    const ids = ['a', 'b', 'c', 'd'];
    await journal.accept(ids.map((id) => sampleTask({ id, lane: 'one' })));
    counted.length = 0;
    await journal.settle(await claimed(journal), 'dropped', { reason: 'too-late' });
    await journal.settle(await claimed(journal), 'dead', { reason: 'expired: receiver-down' });
    await journal.settle(await claimed(journal), 'dead', { reason: 'http-400' });
    await journal.discard(['d'], { end: 'dead', reason: 'expired: bot-offline' });
    expect(counted).toEqual([
      'settled subscribe dropped',
      'late subscribe answer',
      'settled subscribe dead',
      'late subscribe receiver-down',
      'settled subscribe dead',
      'settled subscribe dead',
      'late subscribe bot-offline',
    ]);
  });

  test('counts nothing of a holder that lost its lease', async () => {
    const { counted, metrics } = counting();
    const journal = measureJournal(createMemoryJournal(), metrics);
    await journal.accept([sampleTask()]);
    const claim = await claimed(journal);
    await journal.settle(claim, 'dead', { attempt: failed, reason: 'http-503' });
    counted.length = 0;
    expect(await journal.settle(claim, 'dead', { attempt: failed })).toBe('stale');
    expect(await journal.retry(claim, 0, { attempt: failed })).toBe('stale');
    expect(await journal.record(claim, { kind: 'said', count: 1 })).toBe('stale');
    expect(counted).toEqual([]);
  });

  test('counts on where an earlier holder stopped saying', async () => {
    const { counted, metrics } = counting();
    const journal = measureJournal(createMemoryJournal(), metrics);
    await journal.accept([sampleTask()]);
    const first = await claimed(journal);
    await journal.record(first, { kind: 'response', response: { replies }, attempt: done });
    await journal.record(first, { kind: 'said', count: 2 });
    await journal.retry(first, 0, { sayFailed: true });
    counted.length = 0;
    await journal.settle(await claimed(journal), 'answered', { said: 3 });
    expect(counted).toEqual(['said subscribe 1', 'settled subscribe answered']);
  });

  test('counts what people drop, repeat and delete, by rule, and once', async () => {
    const { counted, metrics } = counting();
    const journal = measureJournal(createMemoryJournal(), metrics);
    const ids = Array.from({ length: 250 }, (_, index) => `task-${index}`);
    await journal.accept(
      ids.map((id, at) => sampleTask({ id, lane: id, rule: at < 2 ? '甲' : '乙' })),
    );
    counted.length = 0;
    expect(await journal.discard(['task-0', 'task-0', 'task-2', 'unknown'])).toBe(2);
    expect(await journal.replay(['task-0', 'task-1'])).toBe(1);
    expect(counted).toEqual(['settled 甲 dropped', 'settled 乙 dropped', 'replayed 甲']);
    counted.length = 0;
    expect(await journal.discard(ids)).toBe(249);
    expect(await journal.replay(ids)).toBe(250);
    expect(counted).toHaveLength(499);
    counted.length = 0;
    expect(await journal.forget('wxid_alice')).toBe(250);
    expect(await journal.sweep()).toBe(0);
    expect(counted).toEqual(['forgotten 250', 'swept 0']);
  });

  test('repeats in the order that was asked for', async () => {
    const journal = measureJournal(createMemoryJournal(), counting().metrics);
    const ids = ['c', 'a', 'b'];
    await journal.accept(ids.toSorted().map((id) => sampleTask({ id, lane: 'one' })));
    await journal.discard(ids);
    await journal.replay(ids);
    const order: string[] = [];
    for (const _ of ids) {
      const claim = await claimed(journal);
      order.push(claim.task.id);
      await journal.settle(claim, 'answered');
    }
    expect(order).toEqual(ids);
  });

  test('counts its failures by call, but not wishes that cannot be', async () => {
    const { counted, metrics } = counting();
    let isBroken = false;
    const now = () => {
      if (isBroken) throw new Error('no time');
      return systemClock.now();
    };
    const broken = createMemoryJournal({ clock: { ...systemClock, now } });
    const journal = measureJournal(broken, metrics);
    isBroken = true;
    await expect(journal.accept([sampleTask()])).rejects.toThrow('no time');
    await expect(journal.stats()).rejects.toThrow('no time');
    await expect(journal.backup('x')).rejects.toMatchObject({ code: 'journal-not-on-disk' });
    await journal.close();
    await expect(journal.stats()).rejects.toMatchObject({ code: 'journal-closed' });
    expect(counted).toEqual(['journalFailed accept', 'journalFailed stats']);
  });

  test('is the journal in all else', async () => {
    const journal = measureJournal(createMemoryJournal(), counting().metrics);
    await journal.accept([sampleTask()]);
    expect((await journal.stats()).counts.waiting).toBe(1);
    expect((await journal.get('task-1'))?.state).toBe('waiting');
    await journal.close();
    await expect(journal.stats()).rejects.toMatchObject({ code: 'journal-closed' });
  });

  test('costs nothing when nothing is counted', () => {
    const journal = createMemoryJournal();
    expect(measureJournal(journal, noMetrics)).toBe(journal);
  });
});
