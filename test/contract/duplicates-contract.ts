import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createDuplicates } from '../../src/adapters/shared/duplicates.js';
import { type OnceTiming, usualOnceTiming } from '../../src/adapters/shared/once-for-all.js';
import { PuppetSharing } from '../../src/adapters/shared/sharing.js';
import type { SharedState } from '../../src/core/shared-state.js';
import { gate } from '../support/gate.js';
import { underName } from '../support/shared-instances.js';
import { timed } from '../support/timed.js';
import { waitUntil } from '../support/wait-until.js';

/** Opens the state that two instances share. */
type OpenInstances = () => Promise<readonly [SharedState, SharedState]>;

/** As an instance's own, but a beat and a silence come sooner. */
const quick: OnceTiming = { ...usualOnceTiming, silenceMs: 500, beatMs: 100 };

/** A delivery that reaches several instances is one delivery, whatever they share it by. */
export function duplicatesContract(name: string, openInstances: OpenInstances): void {
  const open = async () => await openTwo(openInstances, quick);

  describe(`duplicates, shared in ${name}`, () => {
    test('are found out while the first is under way elsewhere, and later', async () => {
      const [one, other] = await open();
      const { opened, open: goOn } = gate();
      let done = 0;
      const work = async () => {
        done += 1;
        await opened;
        return `result ${done}`;
      };
      const begun = [one.once('a/b', work), other.once('a/b', work)];
      await waitUntil('both ask', () => one.asked() > 0 && other.asked() > 0);
      goOn();
      const results = await Promise.all(begun);
      results.push(await other.once('a/b', work));
      expect([results, done]).toEqual([['result 1', 'result 1', 'result 1'], 1]);
      expect(await other.once('a', work)).toBe('result 2');
    });

    test('are known to be done, here and elsewhere, once they are', async () => {
      const [one, other] = await open();
      expect([await one.isDone('a'), await other.isDone('a')]).toEqual([false, false]);
      await one.once('a', async () => 'kept');
      await one.once('b', async () => undefined);
      expect([await one.isDone('a'), await one.isDone('b')]).toEqual([true, false]);
      // What came of it is told, and nobody waits for that.
      await vi.waitFor(async () => expect(await other.isDone('a')).toBe(true));
      expect(await other.isDone('b')).toBe(false);
    });

    test('are tried again elsewhere when the first has failed', async () => {
      const [one, other] = await open();
      const { opened, open: goOn } = gate();
      const failing = one.once('a', async () => {
        await opened;
        throw new Error('disk full');
      });
      await waitUntil('the first is under way', () => one.asked() > 0);
      const trying = other.once('a', async () => 'kept');
      await waitUntil('the other finds it under way', () => other.asked() > 0);
      goOn();
      const [first, second] = await Promise.allSettled([failing, trying]);
      expect(first.status).toBe('rejected');
      expect(second).toMatchObject({ value: 'kept' });
    });

    test('are not taken by an instance that nobody keeps events in any more', async () => {
      const [one, other] = await open();
      let done = 0;
      const work = async () => {
        done += 1;
        return 'kept';
      };
      // It leaves while it asks whether the delivery is known.
      const asking = one.once('a', work);
      one.leave();
      expect([await asking, done]).toEqual([undefined, 0]);
      expect([await other.once('a', work), done]).toEqual(['kept', 1]);
    });

    test('are waited for while the first takes its time', async () => {
      expect(await resultsOfSlowWork(openInstances, quick)).toEqual(['slow', 'slow', 1]);
    });

    test(
      'of an instance that is gone are taken over before a webhook is too late',
      timed,
      async () => {
        expect(await msOfTakeOver(openInstances, quick)).toBeLessThan(quick.silenceMs + 1000);
      },
    );
  });
}

/** What two instances make of work that takes longer than a silence, and how often it is done. */
export async function resultsOfSlowWork(
  openInstances: OpenInstances,
  timing: OnceTiming,
): Promise<readonly unknown[]> {
  const [one, other] = await openTwo(openInstances, timing);
  const { opened, open: goOn } = gate();
  let done = 0;
  const work = async () => {
    done += 1;
    await opened;
    return 'slow';
  };
  const first = one.once('a', work);
  await waitUntil('the first is under way', () => one.asked() > 0);
  const until = performance.now() + timing.silenceMs + 0.8 * timing.beatMs;
  const second = other.once('a', work);
  await waitUntil('more than a silence', () => performance.now() > until);
  goOn();
  return [await second, await first, done];
}

/** How long it takes until another instance does what one that is gone was doing. */
export async function msOfTakeOver(
  openInstances: OpenInstances,
  timing: OnceTiming,
): Promise<number> {
  const [one, other] = await openTwo(openInstances, timing);
  void one.once('a', () => new Promise(() => {}));
  await waitUntil('a beat', () => one.told() > 0);
  one.die();
  const begin = performance.now();
  expect(await other.once('a', async () => 'kept')).toBe('kept');
  return performance.now() - begin;
}

async function openTwo(openInstances: OpenInstances, timing: OnceTiming) {
  const states = await openInstances();
  onTestFinished(async () => {
    await Promise.all([...new Set(states)].map((state) => state.close()));
  });
  return [instanceOf(states[0], timing), instanceOf(states[1], timing)] as const;
}

/** What one instance remembers. */
function instanceOf(state: SharedState, timing: OnceTiming) {
  const sharing = new PuppetSharing();
  let [isKept, isDead, asked, told] = [true, false, 0, 0];
  sharing.expect(() => isKept);
  sharing.share({
    ...underName(state, state.instance),
    add: async (...args) => {
      const there = await state.add(...args);
      asked += 1;
      return there;
    },
    put: async (...args) => {
      if (isDead) throw new Error('The dead tell nothing.');
      await state.put(...args);
      told += 1;
    },
  });
  const leave = () => {
    isKept = false;
  };
  const die = () => {
    isDead = true;
  };
  return {
    ...createDuplicates<string>({ shared: { sharing, name: '企微 1', timing } }),
    leave,
    die,
    /** How often it has asked whether a delivery is known. */
    asked: () => asked,
    /** How often it has told of one. */
    told: () => told,
  };
}
