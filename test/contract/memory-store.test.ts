import { createMemoryStore } from '../../src/journal/memory-store.js';
import { storeContract } from './store-contract.js';

storeContract('the memory store', async (options) => ({ store: createMemoryStore(options) }));
