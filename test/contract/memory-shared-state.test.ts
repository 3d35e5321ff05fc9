import { createMemorySharedState } from '../../src/journal/memory-shared-state.js';
import { sharedStateContract } from './shared-state-contract.js';

sharedStateContract('shared state in memory', async () => {
  const state = createMemorySharedState();
  return [state, state];
});
