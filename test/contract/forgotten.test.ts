import { describe, expect, onTestFinished, test } from 'vitest';
import { forgottenByOthers } from '../../src/core/forgotten.js';
import type { SharedState } from '../../src/core/shared-state.js';
import { createMemorySharedState } from '../../src/journal/memory-shared-state.js';
import { hearForgotten } from '../../src/runtime/hear-forgotten.js';
import { journalOperations } from '../../src/server/control/journal-operations.js';
import { manualClock } from '../support/manual-clock.js';
import { hasPostgres } from '../support/postgres.js';
import { twoInstances, underName } from '../support/shared-instances.js';

/** A journal without tasks. */
const journal = { forget: async () => 0 } as never;

/** What instances forget together, whatever they tell it by. */
function forgetting(name: string, openStates: () => Promise<readonly [SharedState, SharedState]>) {
  describe(`people, forgotten by ${name}`, () => {
    test('are forgotten by every instance, once', async () => {
      const states = await openStates();
      const clock = manualClock();
      const ending = new AbortController();
      const told: string[] = [];
      let isFailing = true;
      const hearing = states.map((shared, index) => {
        const forget = async (userId: string) => {
          if (isFailing) throw new Error('no disk');
          told.push(`${index} ${userId}`);
        };
        const own = () => [{ of: async () => [], forget }];
        return hearForgotten({ shared, own, clock, signal: ending.signal });
      });
      onTestFinished(async () => {
        ending.abort();
        await Promise.all(hearing);
      });
      await journalOperations(journal, { shared: states[0], clock }).forget('甲 😀');
      expect(await forgottenByOthers(states[0])).toEqual(new Map());
      const rounds = async () => {
        await clock.advance(4000);
        await expect.poll(() => clock.sleeping).toBe(2);
      };
      await rounds();
      expect(told).toEqual([]);
      isFailing = false;
      await rounds();
      expect(told).toEqual(['1 甲 😀']);
      await rounds();
      expect(told).toEqual(['1 甲 😀']);
    });
  });
}

forgetting('memory', async () => {
  const state = createMemorySharedState();
  return [underName(state, 'one'), underName(state, 'two')];
});

describe.runIf(hasPostgres)('PostgreSQL', () => {
  forgetting('PostgreSQL', twoInstances);
});
