import { expect, test, vi } from 'vitest';
import { createUnkeptEvents } from '../../../../src/adapters/shared/unkept-events.js';
import type { Acceptance } from '../../../../src/core/acceptance.js';
import type { Bilingual } from '../../../../src/core/language.js';

const failed: Acceptance = { kind: 'failed' };
const accepted: Acceptance = { kind: 'accepted', speaks: false };

function sample(max = 10, pauseMs = 1) {
  const lines: string[] = [];
  const log = (text: Bilingual) => void lines.push(text.en);
  const tried: string[] = [];
  const state = { isBroken: true };
  const logger = { debug: log, info: log, warn: log, error: log };
  const unkept = createUnkeptEvents({ name: 'toy', logger, max, pauseMs, maxPauseMs: 5 * pauseMs });
  const event = (id: string) => async () => {
    tried.push(id);
    return state.isBroken ? failed : accepted;
  };
  return { unkept, event, state, lines, tried };
}

test('tries the first again and again, then all in their order', async () => {
  const { unkept, event, state, lines, tried } = sample();
  for (const id of ['a', 'b', 'c']) expect(unkept.add(event(id))).toBe(true);
  await vi.waitUntil(() => tried.length > 4);
  expect([new Set(tried), unkept.count()]).toEqual([new Set(['a']), 3]);
  state.isBroken = false;
  await vi.waitUntil(() => unkept.count() === 0);
  expect(tried.slice(-3)).toEqual(['a', 'b', 'c']);
  await vi.waitUntil(() => lines.length > 1);
  expect(lines).toEqual([
    expect.stringContaining('could not be kept'),
    'toy: all events are kept again.',
  ]);
  state.isBroken = true;
  unkept.add(event('d'));
  await vi.waitUntil(() => tried.includes('d'));
  await unkept.close();
});

test('tries those that wait at once when another one comes', async () => {
  const { unkept, event, state, tried } = sample(10, 60_000);
  unkept.add(event('a'));
  state.isBroken = false;
  unkept.add(event('b'));
  await vi.waitUntil(() => unkept.count() === 0);
  expect(tried).toEqual(['a', 'b']);
});

test('takes no more than it has room for, and says so once', async () => {
  const { unkept, event, lines } = sample(2);
  const taken = ['a', 'b', 'c', 'd'].map((id) => unkept.add(event(id)));
  expect(taken).toEqual([true, true, false, false]);
  expect(lines.filter((line) => line.includes('too many'))).toHaveLength(1);
  await unkept.close();
});

test('tries all once more when it is closed, and tells what is lost', async () => {
  const { unkept, event, state, lines } = sample(10, 60_000);
  unkept.add(event('a'));
  unkept.add(event('b'));
  state.isBroken = false;
  await unkept.close();
  expect([unkept.count(), lines.join(' ')]).toEqual([0, expect.not.stringContaining('lost')]);
  state.isBroken = true;
  unkept.add(event('c'));
  await unkept.close();
  expect([unkept.count(), lines.at(-1)]).toEqual([0, 'toy: events are lost at the stop.']);
});
