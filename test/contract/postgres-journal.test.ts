import { describe } from 'vitest';
import { openPostgres, type PostgresOptions } from '../../src/journal/open-postgres.js';
import { plannerSettings } from '../../src/journal/postgres/tables.js';
import { openDatabase } from '../../src/postgres/open-database.js';
import { hasPostgres, testSchema } from '../support/postgres.js';
import type { CreateJournal } from './journal/journal-bench.js';
import { journalContract } from './journal-contract.js';
import { journalModel } from './journal-model.js';
import { storeContract } from './store-contract.js';

async function open(url: string, options: PostgresOptions) {
  const database = await openDatabase(url, { settings: plannerSettings });
  return openPostgres(database, { owner: '甲', ...options });
}

async function openJournal(url: string, options: PostgresOptions) {
  const { journal, store } = await open(url, options);
  await store.close();
  return journal;
}

/** On the server's clock, as it is used. */
const create: CreateJournal = async (options) => {
  const { url, drop } = await testSchema();
  const journal = await openJournal(url, options);
  const reopen = async () => {
    await journal.close();
    return openJournal(url, options);
  };
  return { journal, reopen, dispose: drop };
};

/** On a clock that can be moved. */
const createTimed: CreateJournal = async ({ clock, ...options }) => {
  const { url, drop } = await testSchema();
  const journal = await openJournal(url, { ...options, clock, now: () => clock.now() });
  return { journal, dispose: drop };
};

describe.runIf(hasPostgres)('on a server', () => {
  journalContract('the PostgreSQL journal', create, { time: 'real', reopens: true });
  journalModel('the PostgreSQL journal', createTimed, { runs: 25 });

  storeContract(
    'the PostgreSQL store',
    async ({ clock }) => {
      const { url, drop } = await testSchema();
      const openStore = async () => {
        const { journal, store } = await open(url, { clock, now: () => clock.now() });
        await journal.close();
        return store;
      };
      const store = await openStore();
      const reopen = async () => {
        await store.close();
        return openStore();
      };
      return { store, reopen, dispose: drop };
    },
    { reopens: true },
  );
});
