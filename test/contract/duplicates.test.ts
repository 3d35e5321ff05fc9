import { describe } from 'vitest';
import { createMemorySharedState } from '../../src/journal/memory-shared-state.js';
import { hasPostgres } from '../support/postgres.js';
import { twoInstances } from '../support/shared-instances.js';
import { duplicatesContract } from './duplicates-contract.js';

duplicatesContract('memory', async () => {
  const state = createMemorySharedState();
  return [state, state];
});

describe.runIf(hasPostgres)('PostgreSQL', () => {
  duplicatesContract('PostgreSQL', twoInstances);
});
