import { randomUUID } from 'node:crypto';
import { afterAll, describe } from 'vitest';
import { openPostgres, type PostgresOptions } from '../../src/journal/open-postgres.js';
import { plannerSettings } from '../../src/journal/postgres/tables.js';
import { openDatabase } from '../../src/postgres/open-database.js';
import { hasPgBouncer, startPgBouncer } from '../support/postgres/pgbouncer.js';
import { startServer } from '../support/postgres/server.js';
import { hasOwnPostgres } from '../support/postgres.js';
import type { CreateJournal } from './journal/journal-bench.js';
import { journalContract } from './journal-contract.js';

async function start() {
  const server = await startServer();
  return { server, pooler: await startPgBouncer(server, { mode: 'transaction', size: 8 }) };
}

let starting: ReturnType<typeof start> | undefined;

afterAll(async () => {
  const started = await starting;
  await started?.pooler.remove();
  started?.server.remove();
});

async function openJournal(url: string, options: PostgresOptions) {
  const database = await openDatabase(url, { settings: plannerSettings });
  const { journal, store } = openPostgres(database, { owner: '甲', ...options });
  await store.close();
  return journal;
}

/** Each in a schema of its own, through one pooler. */
const create: CreateJournal = async (options) => {
  starting ??= start();
  const { pooler } = await starting;
  const url = `${pooler.url}?schema=test_${randomUUID().slice(0, 8)}`;
  const journal = await openJournal(url, options);
  const reopen = async () => {
    await journal.close();
    return openJournal(url, options);
  };
  return { journal, reopen };
};

describe.runIf(hasOwnPostgres && hasPgBouncer)('through PgBouncer, by transactions', () => {
  journalContract('the PostgreSQL journal', create, {
    time: 'real',
    reopens: true,
    costsAsAnother: true,
  });
});
