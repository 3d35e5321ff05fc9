import { describe, expect, test } from 'vitest';
import type { BotEvent } from '../../../src/core/event.js';
import type { Budget } from '../../../src/core/store.js';
import { createLoopGuard } from '../../../src/runtime/loop-guard.js';
import { manualClock } from '../../support/manual-clock.js';
import { type MessageParts, sampleMessage } from '../../support/sample-event.js';

function guarded(limit: Budget | false = { count: 3, everyMs: 60_000 }) {
  const clock = manualClock();
  const told: string[] = [];
  let inForce = limit;
  const guard = createLoopGuard({
    limit: () => inForce,
    clock,
    log: {
      rests: ({ user }) => void told.push(`${user.id} rests`),
      restOver: ({ user }) => void told.push(`${user.id} is back`),
    },
    alerts: {
      raise: ({ kind, subject }) => void told.push(`raise ${kind} ${subject}`),
      clear: ({ kind, subject }) => void told.push(`clear ${kind} ${subject}`),
    },
  });
  let said = 0;
  const event = (from = 'alice', parts: MessageParts = {}): BotEvent => {
    said += 1;
    const message = sampleMessage({ id: `event-${said}`, room: 'r', ...parts });
    return { ...message, user: { ...message.user, id: from } };
  };
  const say = (from?: string, parts?: MessageParts) => guard.admits(event(from, parts));
  const times = (count: number, from?: string) =>
    Array.from({ length: count }, () => say(from)).filter(Boolean).length;
  return {
    guard,
    clock,
    told,
    say,
    times,
    event,
    use: (budget: Budget | false) => (inForce = budget),
  };
}

describe('a talker in a chat', () => {
  test('rests beyond the limit, which is told once', () => {
    const { times, told } = guarded();
    expect(times(10)).toBe(3);
    expect(told).toEqual(['alice rests', 'raise loop bot r alice']);
  });

  test('rests until it has been below the limit', async () => {
    const { times, say, told, clock } = guarded();
    times(4);
    // Goes on as bots do: what comes while it rests counts, too.
    for (let n = 0; n < 6; n += 1) {
      await clock.advance(15_000);
      expect(say()).toBe(false);
    }
    expect(told).toHaveLength(2);
    await clock.advance(60_000);
    expect(told.slice(2)).toEqual(['alice is back', 'clear loop bot r alice']);
    expect(times(4)).toBe(3);
    expect(told).toHaveLength(6);
  });

  test('does not hold back the others of a room, nor itself elsewhere', () => {
    const { times, say, told } = guarded();
    expect(times(9)).toBe(3);
    const people = Array.from({ length: 300 }, (_, n) => `person-${n}`);
    expect(people.filter((one) => say(one) && say(one) && say(one))).toEqual(people);
    expect(say('alice', { room: 'another' })).toBe(true);
    expect(say('alice', { botId: 'another' })).toBe(true);
    expect(told).toHaveLength(2);
  });

  test('is counted once for what arrives twice', () => {
    const { guard, event, told } = guarded();
    const first = event();
    expect([1, 2, 3, 4, 5].map(() => guard.admits(first))).toEqual(Array(5).fill(true));
    expect(told).toEqual([]);
  });
});

describe('a limit', () => {
  test('that is off lets everything through, also while somebody rests', async () => {
    const { times, say, use, told, clock } = guarded();
    times(5);
    use(false);
    expect(times(100)).toBe(100);
    await clock.advance(60_000);
    expect(told.slice(2)).toEqual(['alice is back', 'clear loop bot r alice']);
    expect(say()).toBe(true);
  });

  test('does not concern what belongs to no chat', () => {
    const { guard, event } = guarded();
    const { conversation: _, ...homeless } = event();
    const all = Array.from({ length: 9 }, (_unused, n) => ({ ...homeless, id: `${n}` }));
    expect(all.every((one) => guard.admits(one))).toBe(true);
  });

  test('waits for nothing when it is closed', async () => {
    const { guard, times, told, clock } = guarded();
    times(5);
    guard.close();
    await clock.advance(120_000);
    expect(told).toHaveLength(2);
    expect(clock.sleeping).toBe(0);
  });
});
