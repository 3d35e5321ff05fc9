import { FallbackJournal } from '../../src/journal/fallback-journal.js';
import { createMemoryJournal } from '../../src/journal/memory-journal.js';
import { createMemoryStore } from '../../src/journal/memory-store.js';
import type { CreateJournal } from './journal/journal-bench.js';
import { journalContract } from './journal-contract.js';
import { journalModel } from './journal-model.js';

const beforeClose = () => Promise.resolve();

const waiting: CreateJournal = async (options) => {
  const store = createMemoryStore(options);
  return { journal: new FallbackJournal({ ...options, store, beforeClose }) };
};

const withFile: CreateJournal = async (options) => {
  const { clock, retention } = options;
  const store = createMemoryStore({ clock });
  const journal = new FallbackJournal({ clock, retention, store, beforeClose });
  journal.useFile(createMemoryJournal(options));
  return { journal };
};

journalContract('the journal that has got its file', withFile);
journalModel('the journal that has got its file', withFile, { runs: 50 });
journalModel('the journal that waits for its file', waiting, { runs: 50 });
