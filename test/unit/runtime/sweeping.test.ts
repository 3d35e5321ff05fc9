import { describe, expect, onTestFinished, test } from 'vitest';
import { silentLogger } from '../../../src/core/logger.js';
import { createMemoryJournal } from '../../../src/journal/memory-journal.js';
import { keepSweeping } from '../../../src/runtime/sweeping.js';
import { manualClock } from '../../support/manual-clock.js';
import { sampleTask } from '../../support/sample-task.js';

const minute = 60 * 1000;

/** A journal that keeps settled tasks for five minutes. */
function fiveMinutes() {
  const clock = manualClock();
  const retention = { ageMs: 5 * minute, tasks: 100 };
  return { clock, journal: createMemoryJournal({ clock, retention }) };
}

/** What is said of the sweeping of a journal. */
function swept(random: number, { clock, journal } = fiveMinutes()) {
  const lines: unknown[] = [];
  const info = (text: { en: string }, fields?: object) => lines.push([text.en, fields]);
  const warn = (text: { en: string }) => lines.push([text.en]);
  const stopping = new AbortController();
  const { signal } = stopping;
  const logger = { ...silentLogger, info, warn };
  const done = keepSweeping({ journal, clock, logger, random: () => random, signal });
  onTestFinished(() => stopping.abort());
  const settle = async (id: string) => {
    await journal.accept([sampleTask({ id, lane: id })]);
    await journal.discard([id]);
  };
  return { clock, journal, lines, settle, stop: () => stopping.abort(), done };
}

const deleted = 'Old tasks, or the text of them, are deleted (journal.retention).';

describe('sweeping', () => {
  test('happens within a minute of the start, then every ten, and tells how many alone', async () => {
    const { clock, lines, settle } = swept(0.5);
    await settle('订阅');
    await clock.advance(minute);
    expect(lines).toEqual([]);
    await clock.advance(8 * minute);
    await settle('later');
    expect(lines).toEqual([]);
    await clock.advance(90 * 1000);
    expect(lines).toEqual([[deleted, { tasks: 1 }]]);
    await clock.advance(20 * minute);
    expect(lines).toHaveLength(2);
  });

  test('deletes soon after the start what is old already', async () => {
    const clock = manualClock();
    const journal = createMemoryJournal({ clock, retention: { ageMs: 5 * minute, tasks: 1 } });
    const { lines } = swept(0.999, { clock, journal });
    await journal.accept(['a', 'b'].map((id) => sampleTask({ id, lane: id })));
    await journal.discard(['a', 'b']);
    await clock.advance(59 * 1000);
    expect(lines).toEqual([]);
    await clock.advance(1000);
    expect(lines).toEqual([[deleted, { tasks: 1 }]]);
  });

  test('goes on after a failure, and ends when it is stopped', async () => {
    const { clock, journal, lines, stop, done } = swept(0);
    await journal.close();
    await clock.advance(0);
    await clock.advance(10 * minute);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toEqual([expect.stringContaining('could not be deleted')]);
    stop();
    await done;
    expect(clock.sleeping).toBe(0);
  });
});
