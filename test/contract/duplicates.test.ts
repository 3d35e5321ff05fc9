import { describe, test } from 'vitest';
import { usualOnceTiming } from '../../src/adapters/shared/once-for-all.js';
import { createMemorySharedState } from '../../src/journal/memory-shared-state.js';
import { hasPostgres } from '../support/postgres.js';
import { twoInstances } from '../support/shared-instances.js';
import { duplicatesContract, expectPatience, expectTakeOver } from './duplicates-contract.js';

const inMemory = async () => {
  const state = createMemorySharedState();
  return [state, state] as const;
};

duplicatesContract('memory', inMemory);

test('duplicates are waited for, and taken over, in the time that is left to a webhook', async () => {
  await Promise.all([
    expectPatience(inMemory, usualOnceTiming),
    expectTakeOver(inMemory, usualOnceTiming),
  ]);
});

describe.runIf(hasPostgres)('PostgreSQL', () => {
  duplicatesContract('PostgreSQL', twoInstances);
});
