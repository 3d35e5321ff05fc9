import { createMemoryJournal } from '../../src/journal/memory-journal.js';
import type { CreateJournal } from './journal/journal-bench.js';
import { journalContract } from './journal-contract.js';
import { journalModel } from './journal-model.js';

const create: CreateJournal = async (options) => ({ journal: createMemoryJournal(options) });

journalContract('the memory journal', create);
journalContract('the memory journal on the real clock', create, { time: 'real' });
journalModel('the memory journal', create, { runs: 300 });
