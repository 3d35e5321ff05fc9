import { EventEmitter, once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createDuplicates, type Duplicates } from '../../src/adapters/shared/duplicates.js';
import { PuppetSharing } from '../../src/adapters/shared/sharing.js';
import type { SharedState } from '../../src/core/shared-state.js';
import { underName } from '../support/shared-instances.js';

/** Opens the state that two instances share. */
type OpenInstances = () => Promise<readonly [SharedState, SharedState]>;

/** A delivery that reaches several instances is one delivery, whatever they share it by. */
export function duplicatesContract(name: string, openInstances: OpenInstances): void {
  const open = async () => {
    const states = await openInstances();
    onTestFinished(async () => {
      await Promise.all([...new Set(states)].map((state) => state.close()));
    });
    return [instanceOf(states[0]), instanceOf(states[1])] as const;
  };

  describe(`duplicates, shared in ${name}`, () => {
    test('are found out while the first is under way elsewhere, and later', async () => {
      const [one, other] = await open();
      let done = 0;
      const work = async () => {
        done += 1;
        await pause(200);
        return `result ${done}`;
      };
      const results = await Promise.all([one.once('a/b', work), other.once('a/b', work)]);
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
      const working = new EventEmitter();
      const begun = once(working, 'begin');
      const failing = one.once('a', async () => {
        working.emit('begin');
        await pause(100);
        throw new Error('disk full');
      });
      await begun;
      const [first, second] = await Promise.allSettled([failing, later(other)]);
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
      await pause(100);
      expect([await other.once('a', work), done]).toEqual(['kept', 1]);
    });

    test('are waited for while the first takes its time', async () => {
      const [one, other] = await open();
      let done = 0;
      const work = async () => {
        done += 1;
        await pause(3800);
        return 'slow';
      };
      const first = one.once('a', work);
      await pause(50);
      expect([await other.once('a', work), await first, done]).toEqual(['slow', 'slow', 1]);
    });

    test('of an instance that is gone are taken over before a webhook is too late', async () => {
      const [one, other] = await open();
      void one.once('a', () => new Promise(() => {}));
      await pause(1500);
      one.die();
      const begin = performance.now();
      expect(await other.once('a', async () => 'kept')).toBe('kept');
      expect(performance.now() - begin).toBeLessThan(4000);
    });
  });
}

async function later(duplicates: Duplicates<string>) {
  await pause(50);
  return await duplicates.once('a', async () => 'kept');
}

/** What one instance remembers. */
function instanceOf(state: SharedState) {
  const sharing = new PuppetSharing();
  let [isKept, isDead] = [true, false];
  sharing.expect(() => isKept);
  sharing.share({
    ...underName(state, state.instance),
    put: async (...args) => {
      if (isDead) throw new Error('The dead tell nothing.');
      await state.put(...args);
    },
  });
  const leave = () => {
    isKept = false;
  };
  const die = () => {
    isDead = true;
  };
  return { ...createDuplicates<string>({ shared: { sharing, name: '企微 1' } }), leave, die };
}
