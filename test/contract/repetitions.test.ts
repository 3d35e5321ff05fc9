import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createRepetitions, type Telling } from '../../src/adapters/shared/repetitions.js';
import { PuppetSharing } from '../../src/adapters/shared/sharing.js';
import type { SharedState } from '../../src/core/shared-state.js';
import { createMemorySharedState } from '../../src/journal/memory-shared-state.js';
import { type ManualClock, manualClock } from '../support/manual-clock.js';
import { hasPostgres } from '../support/postgres.js';
import { twoInstances, underName } from '../support/shared-instances.js';

const friend = (value: string) => ({ subjects: ['alice>bob'], content: `friend ${value}` });

function instance(clock: ManualClock, state?: SharedState) {
  const sharing = new PuppetSharing();
  if (state) sharing.share(state);
  const repetitions = createRepetitions({ clock, sharing, name: '野火 1' });
  const idOf = (telling: Telling) => repetitions.take(telling, (id) => Promise.resolve(id));
  return { ...repetitions, idOf };
}

describe('alone', () => {
  test('the same words are a repetition for ten seconds', async () => {
    const clock = manualClock();
    const { idOf } = instance(clock);
    const first = await idOf(friend('1'));
    await clock.advance(9999);
    expect(await idOf(friend('1'))).toBe(first);
    await clock.advance(1);
    const second = await idOf(friend('1'));
    expect(second).not.toBe(first);
    expect(await idOf(friend('1'))).toBe(second);
  });

  test('the same words are news when something else was told of the subject in between', async () => {
    const { idOf } = instance(manualClock());
    const told = [friend('1'), friend('0'), friend('1'), friend('1'), friend('0')];
    const ids = await Promise.all(told.map(idOf));
    expect(new Set(ids).size).toBe(4);
    expect(ids[3]).toBe(ids[2]);
  });

  test('what is told of others in between does not count', async () => {
    const { idOf } = instance(manualClock());
    const first = await idOf(friend('1'));
    await idOf({ subjects: ['alice>carol'], content: 'friend 0' });
    expect(await idOf(friend('1'))).toBe(first);
  });

  test('of several subjects one is enough', async () => {
    const { idOf } = instance(manualClock());
    const both = { subjects: ['g1/alice', 'g1/bob'], content: 'joined' };
    const first = await idOf(both);
    expect(await idOf(both)).toBe(first);
    await idOf({ subjects: ['g1/bob'], content: 'left' });
    const second = await idOf(both);
    expect(second).not.toBe(first);
    expect(await idOf(both)).toBe(second);
  });

  test('what names no subject is compared by its words', async () => {
    const { idOf } = instance(manualClock());
    const first = await idOf({ subjects: [], content: 'a' });
    const other = await idOf({ subjects: [], content: 'b' });
    expect(await idOf({ subjects: [], content: 'a' })).toBe(first);
    expect(other).not.toBe(first);
  });

  test('a clock that is set back makes no repetitions', async () => {
    const clock = manualClock();
    const { idOf } = instance(clock);
    const first = await idOf(friend('1'));
    clock.set(-3_600_000);
    expect(await idOf(friend('1'))).not.toBe(first);
  });
});

/** Two instances, and the end of what they share. */
async function instancesOf(states: readonly [SharedState, SharedState]) {
  onTestFinished(async () => {
    await Promise.all([...new Set(states)].map((state) => state.close()));
  });
  const clock = manualClock();
  return [instance(clock, states[0]), instance(clock, states[1])] as const;
}

/** What several instances are told, whatever they share. */
function sharedRepetitions(
  name: string,
  openInstances: () => Promise<readonly [SharedState, SharedState]>,
) {
  describe(`repetitions, shared in ${name}`, () => {
    test('are found by the other instance', async () => {
      const [one, other] = await instancesOf(await openInstances());
      const first = await one.idOf(friend('1'));
      expect(await other.idOf(friend('1'))).toBe(first);
      expect(await one.idOf(friend('1'))).toBe(first);
    });

    test('are none when the other instance was told something else in between', async () => {
      const [one, other] = await instancesOf(await openInstances());
      const first = await one.idOf(friend('1'));
      await other.idOf(friend('0'));
      const third = await one.idOf(friend('1'));
      expect(third).not.toBe(first);
      expect(await other.idOf(friend('1'))).toBe(third);
    });

    test('are found in the order in which an instance was told, and worked on in it', async () => {
      const [one] = await instancesOf(await openInstances());
      const done: string[] = [];
      const told = ['1', '0', '1', '0', '1'].map((value) =>
        one.take(friend(value), async (id) => {
          await pause(value === '1' ? 10 : 0);
          done.push(value);
          return id;
        }),
      );
      expect(new Set(await Promise.all(told)).size).toBe(5);
      expect(done).toEqual(['1', '0', '1', '0', '1']);
    });

    test('of several subjects are found all the same', async () => {
      const [one, other] = await instancesOf(await openInstances());
      const both = { subjects: ['g1/alice', 'g1/bob'], content: 'joined' };
      const first = await one.idOf(both);
      await other.idOf({ subjects: ['g1/bob'], content: 'left' });
      const second = await one.idOf(both);
      expect(second).not.toBe(first);
      expect(await other.idOf(both)).toBe(second);
    });
  });
}

sharedRepetitions('memory', async () => {
  const state = createMemorySharedState();
  return [underName(state, 'one'), underName(state, 'other')];
});

describe.runIf(hasPostgres)('PostgreSQL', () => {
  sharedRepetitions('PostgreSQL', twoInstances);
});

const away = () => Promise.reject(new Error('away'));

test('are found by each instance for itself while the others cannot be asked', async () => {
  const state = createMemorySharedState();
  const { idOf } = instance(manualClock(), { ...underName(state, 'one'), add: away });
  const first = await idOf(friend('1'));
  expect(await idOf(friend('1'))).toBe(first);
  await idOf(friend('0'));
  expect(await idOf(friend('1'))).not.toBe(first);
});
