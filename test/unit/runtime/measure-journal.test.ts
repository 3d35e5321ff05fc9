import { describe, expect, test } from 'vitest';
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
