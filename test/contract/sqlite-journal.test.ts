import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSqliteJournal, openSqlite } from '../../src/journal/open-sqlite.js';
import type { CreateJournal } from './journal/journal-bench.js';
import { journalContract } from './journal-contract.js';
import { journalModel } from './journal-model.js';
import { storeContract } from './store-contract.js';

/** A folder for one journal. */
async function makeFolder(): Promise<{ file: string; dispose: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'wechaty-callback-'));
  return {
    file: join(folder, 'callback.db'),
    dispose: () => rm(folder, { recursive: true, force: true }),
  };
}

const create: CreateJournal = async (options) => {
  const { file, dispose } = await makeFolder();
  // A power cut cannot be tried here, and waiting for the disk is not what is tested.
  const all = { ...options, file, owner: '甲', durability: 'process' } as const;
  const journal = await createSqliteJournal(all);
  const reopen = async () => {
    await journal.close();
    return createSqliteJournal(all);
  };
  return { journal, reopen, dispose };
};

journalContract('the SQLite journal', create, { reopens: true });
journalModel('the SQLite journal', create, { runs: 40 });

storeContract(
  'the SQLite store',
  async ({ clock }) => {
    const { file, dispose } = await makeFolder();
    const open = async () => {
      const { journal, store } = await openSqlite({ file, clock });
      await journal.close();
      return store;
    };
    const store = await open();
    const reopen = async () => {
      await store.close();
      return open();
    };
    return { store, reopen, dispose };
  },
  { reopens: true },
);
