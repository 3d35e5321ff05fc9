import { describe, expect, test } from 'vitest';
import { createHistory } from '../../../../src/console/observe/history.js';
import type { SeenEvent } from '../../../../src/console/observe/seen-event.js';
import { completed, unreadOf } from '../../../../src/console/observe/seen-event.js';
import { manualClock } from '../../../support/manual-clock.js';
import { sampleMessage } from '../../../support/sample-event.js';

const minute = 60_000;
const outcome = { fate: 'unmatched', rules: [], silenced: [], tasks: [] } as const;

function seenAt(seq: number, at: number, userId = 'alice'): SeenEvent {
  const user = { id: userId, name: '', alias: '', tags: [], roles: [] };
  return {
    seq,
    event: sampleMessage({ at, text: '你好', user }),
    unread: new Set(),
    outcome,
    isBlank: false,
  };
}

describe('the history of events', () => {
  test('keeps the newest, and lists them newest first', () => {
    const clock = manualClock();
    const limits = {
      events: 3,
      ageMs: 10 * minute,
      textMs: 10 * minute,
      bytes: Infinity,
      unmatched: true,
    };
    const history = createHistory(
      () => limits,
      () => clock.now(),
    );
    for (let seq = 1; seq <= 5; seq += 1) history.add(seenAt(seq, clock.now()));
    expect([...history.newest()].map(({ seq }) => seq)).toEqual([5, 4, 3]);
    expect([...history.newest(4)].map(({ seq }) => seq)).toEqual([3]);
    expect(history.get(2)).toBeUndefined();
  });

  test('forgets what is too old, and text sooner when that is kept for less long', async () => {
    const clock = manualClock();
    const limits = {
      events: 100,
      ageMs: 10 * minute,
      textMs: 5 * minute,
      bytes: Infinity,
      unmatched: true,
    };
    const history = createHistory(
      () => limits,
      () => clock.now(),
    );
    history.add(seenAt(1, clock.now()));
    await clock.advance(4 * minute);
    history.add(seenAt(2, clock.now()));
    await clock.advance(2 * minute);
    expect([...history.newest()].map(({ seq, isBlank }) => [seq, isBlank])).toEqual([
      [2, false],
      [1, true],
    ]);
    expect(JSON.stringify(history.get(1))).not.toContain('你好');
    await clock.advance(5 * minute);
    expect([...history.newest()].map(({ seq }) => seq)).toEqual([2]);
    expect(history.get(2)?.isBlank).toBe(true);
  });

  test('never shows a text that is not to be kept at all', () => {
    const limits = { events: 10, ageMs: minute, textMs: 0, bytes: Infinity, unmatched: true };
    const history = createHistory(() => limits, Date.now);
    history.add(seenAt(1, Date.now()));
    expect(history.get(1)?.isBlank).toBe(true);
  });

  test('forgets one person, and goes on', () => {
    const clock = manualClock();
    const limits = { events: 10, ageMs: minute, textMs: minute, bytes: Infinity, unmatched: true };
    const history = createHistory(
      () => limits,
      () => clock.now(),
    );
    history.add(seenAt(1, clock.now(), 'bob'));
    history.add(seenAt(2, clock.now()));
    history.add(seenAt(3, clock.now(), 'bob'));
    history.forget('bob');
    expect([...history.newest()].map(({ seq }) => seq)).toEqual([2]);
    // In the private chat with somebody everything is theirs.
    history.forget('alice');
    expect([...history.newest()]).toEqual([]);
  });
});

describe('what is known of an event that was not read', () => {
  test('is a mention told by id, and that a text without @ mentions nobody', () => {
    const plain = sampleMessage({ text: '你好', room: 'r', topic: '产品群' });
    expect([...unreadOf(plain, new Set())]).toEqual(['tags', 'roles']);
    expect([
      ...unreadOf(sampleMessage({ text: '@bot', room: 'r', topic: '产品群' }), new Set()),
    ]).toEqual(['tags', 'mention', 'roles']);
    expect([...unreadOf(sampleMessage({ text: '@bot' }), new Set(['tags']))]).toEqual([]);
    const asked = new Set(['tags', 'roles'] as const);
    expect([...unreadOf({ ...plain, topic: '' }, asked)]).toEqual(['names']);
    const message = plain.message as NonNullable<typeof plain.message>;
    const told = {
      ...plain,
      message: { ...message, payload: { ...message.payload, mentionIdList: ['bot'] } },
    };
    expect(completed(told).message?.mention.me).toBe(true);
    expect(completed(plain)).toBe(plain);
  });
});
