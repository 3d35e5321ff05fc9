import { describe, expect, onTestFinished, test } from 'vitest';
import { goneInstances, knownInstances, tellInstance } from '../../src/core/instances.js';
import type { SharedState } from '../../src/core/shared-state.js';
import { createMemorySharedState } from '../../src/journal/memory-shared-state.js';
import { keepPresent } from '../../src/runtime/presence.js';
import { manualClock } from '../support/manual-clock.js';
import { hasPostgres } from '../support/postgres.js';
import { twoInstances, underName } from '../support/shared-instances.js';

const notes = { place: 'here/1', version: '1.0.0', rules: 'a', startedAt: 1, state: 'running' };

const bots = () => ['wxid_one'];

/** What instances know of one another, whatever they tell it by. */
function presence(name: string, openStates: () => Promise<readonly [SharedState, SharedState]>) {
  describe(`instances, told in ${name}`, () => {
    test('know each other, which rules each has, and how each ends', async () => {
      const [one, other] = await openStates();
      const clock = manualClock();
      const rulebook = { written: { rules: [{ name: '甲' }] } };
      const first = keepPresent({ shared: one, rulebook, clock, bots });
      // The other one looks around at once: it is to find this one.
      await expect.poll(async () => (await knownInstances(one)).length).toBe(1);
      await clock.advance(1000);
      const second = keepPresent({ shared: other, rulebook: { written: {} }, clock });
      onTestFinished(async () => {
        await Promise.all([first.leave(), second.leave()]);
      });
      const shown = async () => {
        const known = await knownInstances(other);
        return known.map(({ name: who, state, isAlive }) => ({ who, state, isAlive }));
      };
      await expect.poll(async () => (await shown()).length).toBe(2);
      await expect.poll(() => second.count()).toBe(2);
      expect(second.hasElsewhere('wxid_one')).toBe(true);
      expect(second.hasElsewhere('wxid_two')).toBe(false);
      expect(first.hasElsewhere('wxid_one')).toBe(false);
      const [mine, theirs] = await knownInstances(one);
      expect(mine).toMatchObject({ name: one.instance, version: expect.stringMatching(/^\d/u) });
      expect(mine?.rules).not.toBe(theirs?.rules);
      Object.assign(rulebook, { written: {} });
      await clock.advance(4000);
      await expect
        .poll(async () => new Set((await knownInstances(one)).map(({ rules }) => rules)).size)
        .toBe(1);
      await expect.poll(() => first.count()).toBe(2);
      await first.drain();
      expect(await shown()).toMatchObject([{ state: 'draining', isAlive: true }, {}]);
      await clock.advance(4000);
      await expect.poll(() => second.count()).toBe(1);
      expect(second.hasElsewhere('wxid_one')).toBe(false);
      await first.leave();
      expect(await shown()).toEqual([
        { who: one.instance, state: 'stopped', isAlive: false },
        { who: other.instance, state: 'running', isAlive: true },
      ]);
      expect(await goneInstances(other)).toEqual([one.instance]);
    });

    test('that do not tell which accounts they have may have any', async () => {
      const [one, other] = await openStates();
      await tellInstance(one, { ...notes, state: 'running' });
      const second = keepPresent({
        shared: other,
        rulebook: { written: {} },
        clock: manualClock(),
      });
      onTestFinished(async () => await second.leave());
      await expect.poll(() => second.count()).toBe(2);
      expect(second.hasElsewhere('wxid_any')).toBe(true);
    });
  });
}

presence('memory', async () => {
  const state = createMemorySharedState();
  return [underName(state, 'one'), underName(state, 'two')];
});

describe.runIf(hasPostgres)('PostgreSQL', () => {
  presence('PostgreSQL', twoInstances);
});

test('an instance that is not heard of any more is gone after 15 seconds', async () => {
  const clock = manualClock();
  const state = createMemorySharedState(clock);
  await tellInstance(state, { ...notes, state: 'running' });
  await clock.advance(14_999);
  expect(await goneInstances(state)).toEqual([]);
  await clock.advance(2);
  expect(await goneInstances(state)).toEqual([state.instance]);
  await clock.advance(3_600_000);
  expect(await knownInstances(state)).toEqual([]);
});
