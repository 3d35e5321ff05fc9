import { describe } from 'vitest';
import { createMemorySharedState } from '../../src/journal/memory-shared-state.js';
import { hasPostgres } from '../support/postgres.js';
import { sharedInstances, underName } from '../support/shared-instances.js';
import { sharedAnswersContract } from './shared-answers-contract.js';

sharedAnswersContract('memory', async () => {
  const state = createMemorySharedState();
  return ['one', 'two', 'three'].map((name) => underName(state, name));
});

describe.runIf(hasPostgres)('PostgreSQL', () => {
  sharedAnswersContract('PostgreSQL', async () => (await sharedInstances(3)).states);
});
