import { describe, expect, test } from 'vitest';
import { usualOnceTiming } from '../../src/adapters/shared/once-for-all.js';
import { createMemorySharedState } from '../../src/journal/memory-shared-state.js';
import { hasPostgres } from '../support/postgres.js';
import { twoInstances } from '../support/shared-instances.js';
import { timed } from '../support/timed.js';
import { duplicatesContract, msOfTakeOver, resultsOfSlowWork } from './duplicates-contract.js';

const inMemory = async () => {
  const state = createMemorySharedState();
  return [state, state] as const;
};

duplicatesContract('memory', inMemory);

test(
  'duplicates are waited for, and taken over, in the time that is left to a webhook',
  timed,
  async () => {
    const [results, ms] = await Promise.all([
      resultsOfSlowWork(inMemory, usualOnceTiming),
      msOfTakeOver(inMemory, usualOnceTiming),
    ]);
    expect(results).toEqual(['slow', 'slow', 1]);
    expect(ms).toBeLessThan(4000);
  },
);

describe.runIf(hasPostgres)('PostgreSQL', () => {
  duplicatesContract('PostgreSQL', twoInstances);
});
