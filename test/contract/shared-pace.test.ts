import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createSharedPace, type Pace } from '../../src/adapters/shared/client/shared-pace.js';
import { PuppetSharing } from '../../src/adapters/shared/sharing.js';
import type { SharedState } from '../../src/core/shared-state.js';
import { createMemorySharedState } from '../../src/journal/memory-shared-state.js';
import { manualClock } from '../support/manual-clock.js';
import { hasPostgres } from '../support/postgres.js';
import { sharedInstances, underName } from '../support/shared-instances.js';

const paces: readonly Pace[] = [
  { count: 5, everyMs: 60_000 },
  { count: 12, everyMs: 600_000 },
];

/** What all instances say to one recipient together, whatever they share the pace by. */
function sharedPace(name: string, openStates: () => Promise<readonly SharedState[]>): void {
  describe(`a pace, shared in ${name}`, () => {
    test('is kept by all instances together, and by each recipient for itself', async () => {
      const clock = manualClock();
      const takers = (await openStates()).map((state) => {
        const sharing = new PuppetSharing();
        sharing.share(state);
        return createSharedPace({ sharing, name: ['企微', '1'], paces, clock });
      });
      const saidAt: number[] = [];
      const say = async (n: number) => {
        await takers[n % takers.length]?.('张三');
        saidAt.push(clock.now());
      };
      const all = Promise.all(Array.from({ length: 20 }, (_, n) => say(n)));
      expect(await takers[0]?.('李四')).toBe(0);
      for (let step = 0; saidAt.length < 20 && step < 500; step += 1) {
        await pause(5);
        await clock.advance(step < 20 ? 0 : 10_000);
      }
      await all;
      for (const { count, everyMs } of paces) {
        const gaps = saidAt.slice(count).map((at, n) => at - (saidAt[n] ?? 0));
        expect(Math.min(...gaps)).toBeGreaterThanOrEqual(everyMs);
      }
      expect(saidAt.filter((at) => at === saidAt[0])).toHaveLength(5);
      // No slower than it must be.
      expect((saidAt.at(-1) ?? 0) - (saidAt[0] ?? 0)).toBeLessThan(14 * 60_000);
    });
  });
}

sharedPace('memory', async () => {
  const state = createMemorySharedState();
  return ['one', 'two', 'three'].map((name) => underName(state, name));
});

describe.runIf(hasPostgres)('PostgreSQL', () => {
  sharedPace('PostgreSQL', async () => (await sharedInstances(3)).states);
});

test('a program that is alone waits for nobody', async () => {
  const clock = manualClock();
  const take = createSharedPace({ sharing: new PuppetSharing(), name: [], paces, clock });
  expect(await Promise.all(Array.from({ length: 20 }, () => take('张三')))).toEqual(
    Array.from({ length: 20 }, () => 0),
  );
});
