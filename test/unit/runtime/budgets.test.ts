import { describe, expect, test } from 'vitest';
import type { Rule } from '../../../src/core/rule.js';
import { createMemoryStore } from '../../../src/journal/memory-store.js';
import { askBudgets } from '../../../src/runtime/budgets.js';
import { manualClock } from '../../support/manual-clock.js';
import { sampleMessage } from '../../support/sample-event.js';
import { sampleRule } from '../../support/sample-rule.js';

const minute = 60_000;

function asker(trigger: Partial<Rule['trigger']>) {
  const clock = manualClock();
  const store = createMemoryStore({ clock });
  const rule = { ...sampleRule(), trigger: { ...sampleRule().trigger, ...trigger } };
  let count = 0;
  const ask = async (user = 'alice', room = 'room-1', id = `event-${(count += 1)}`) => {
    const event = sampleMessage({ text: 'x', room });
    const talker = { ...event.user, id: user };
    const verdict = await askBudgets(store, rule, { ...event, id, user: talker });
    return verdict.kind === 'through' ? 'through' : (verdict.notice ?? verdict.by);
  };
  return { ask, clock, store };
}

describe('a cooldown', () => {
  test('lets the first through until its time is over', async () => {
    const { ask, clock } = asker({ cooldown: { everyMs: minute, per: 'user' } });
    expect([await ask(), await ask()]).toEqual(['through', 'cooldown']);
    await clock.advance(minute);
    expect(await ask()).toBe('through');
  });

  test.each([
    ['user', 'bob', 'room-1', 'through'],
    ['user', 'alice', 'room-2', 'cooldown'],
    ['conversation', 'bob', 'room-1', 'cooldown'],
    ['conversation', 'alice', 'room-2', 'through'],
    ['rule', 'bob', 'room-2', 'cooldown'],
  ] as const)('per %s: then %s in %s is %s', async (per, user, room, verdict) => {
    const { ask } = asker({ cooldown: { everyMs: minute, per } });
    await ask();
    expect(await ask(user, room)).toBe(verdict);
  });

  test('lets the same event through again, so that one told twice is not lost', async () => {
    const { ask } = asker({ cooldown: { everyMs: minute, per: 'user' } });
    await ask('alice', 'room-1', 'same');
    expect(await ask('alice', 'room-1', 'same')).toBe('through');
  });
});

describe('forgetting a person', () => {
  const person = 'alice';
  const limit = { count: 1, everyMs: minute, per: 'user', notice: '请稍后' } as const;

  test.each([
    ['a cooldown per user', { cooldown: { everyMs: minute, per: 'user' } }, 1],
    ['a limit per user with its notice', { limit }, 2],
    ['a cooldown per room', { cooldown: { everyMs: minute, per: 'conversation' } }, 0],
    ['a cooldown per rule', { cooldown: { everyMs: minute, per: 'rule' } }, 0],
  ] as const)('deletes of %s the right number of keys', async (_, trigger, keys) => {
    const { ask, store } = asker(trigger);
    await ask(person);
    await ask(person);
    expect(await store.forget(person)).toBe(keys);
  });

  test('deletes a cooldown of the private conversation with them', async () => {
    const store = createMemoryStore();
    const trigger = { ...sampleRule().trigger, cooldown: { everyMs: minute, per: 'conversation' } };
    const rule = { ...sampleRule(), trigger } as Rule;
    const event = sampleMessage({ text: 'x' });
    await askBudgets(store, rule, { ...event, conversation: { kind: 'contact', id: person } });
    expect(await store.forget(person)).toBe(1);
  });
});

describe('a limit', () => {
  test('silences what is over it, and says its notice once per period', async () => {
    const limit = { count: 2, everyMs: minute, per: 'user', notice: '请稍后' } as const;
    const { ask, clock } = asker({ limit });
    const first = [await ask(), await ask(), await ask(), await ask()];
    expect(first).toEqual(['through', 'through', '请稍后', 'limit']);
    await clock.advance(minute);
    expect(await ask()).toBe('through');
  });

  test('does not count what a cooldown silences', async () => {
    const { ask, clock } = asker({
      cooldown: { everyMs: 1000, per: 'user' },
      limit: { count: 2, everyMs: minute, per: 'user' },
    });
    await ask();
    await ask();
    await clock.advance(1000);
    expect(await ask()).toBe('through');
  });
});
