import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { Client } from 'pg';
import { onTestFinished } from 'vitest';
import { type Clock, systemClock } from '../../../src/core/clock.js';
import type { SharedState } from '../../../src/core/shared-state.js';
import { openPostgres } from '../../../src/journal/open-postgres.js';
import { openSqlite } from '../../../src/journal/open-sqlite.js';
import { openPostgresSharedState } from '../../../src/journal/postgres/shared-state.js';
import { plannerSettings } from '../../../src/journal/postgres/tables.js';
import { openDatabase as openFile } from '../../../src/journal/sqlite/worker/open-database.js';
import { openDatabase } from '../../../src/postgres/open-database.js';
import { type TestSchema, testSchema } from '../postgres.js';
import { temporaryFolder } from '../temporary-folder.js';
import type { Home } from './bench.js';
import { dumpFile, dumpSchema, journalsFolder, type Left, rulesFile } from './folder.js';
import { fileShape, schemaShape } from './shape.js';

/** A journal that an earlier version left, in a place of its own for the test that is running. */
export interface LeftJournal {
  /** A folder with the rules of the bot. */
  readonly folder: string;
  /** The value of `journal.store`, from that folder. */
  readonly store: string;
  /** Leases outlive the program that held them. */
  readonly keepsLeases: boolean;
  /** Opens it with the code of today; it is closed at the latest when the test is over. */
  open(clock: Clock): Promise<OpenedLeft>;
  /** Its tables, columns and indexes. It must be closed. */
  shape(): Promise<object>;
  /** Those of a journal that is made today. */
  freshShape(): Promise<object>;
  /** Makes it look as if a later version had written it. It must be closed. */
  makeNewer(): Promise<void>;
}

/** It is open. */
export interface OpenedLeft extends Home {
  /** Where there may be other instances. */
  readonly shared?: SharedState;
  readonly close: () => Promise<void>;
}

/** The file of a version, `closed` or `killed`. */
export function leftFile(version: string, left: Left): LeftJournal {
  const { path: folder } = temporaryFolder();
  const file = join(folder, 'callback.db');
  cpSync(join(journalsFolder, version, left), folder, { recursive: true });
  copyRules(version, folder);
  return {
    folder,
    store: 'sqlite:callback.db',
    keepsLeases: false,
    open: async (clock) => closing(await openSqlite({ file, clock })),
    shape: () => withFile(file, fileShape),
    freshShape: () => freshShape(join(folder, 'fresh.db')),
    makeNewer: () => withFile(file, (database) => database.exec('PRAGMA user_version = 99')),
  };
}

/** The dump of a version, restored. */
export async function leftSchema(version: string): Promise<LeftJournal> {
  const { path: folder } = temporaryFolder();
  const [{ url, schema }, fresh] = await Promise.all([droppedSchema(), droppedSchema()]);
  copyRules(version, folder);
  const dump = readFileSync(join(journalsFolder, version, dumpFile), 'utf8');
  await withClient(url, (client) => client.query(dump.replaceAll(dumpSchema, schema)));
  return {
    folder,
    store: url,
    keepsLeases: true,
    open: (clock) => openSchema(url, clock),
    shape: () => withClient(url, (client) => schemaShape(client, schema)),
    freshShape: async () => {
      const { journal, shared, close } = await openSchema(fresh.url, systemClock);
      await Promise.all([journal.stats(), shared?.get('')]);
      await close();
      return await withClient(url, (client) => schemaShape(client, fresh.schema));
    },
    makeNewer: async () => {
      await withClient(url, (client) => client.query(`UPDATE ${schema}.migrations SET steps = 99`));
    },
  };
}

async function droppedSchema(): Promise<TestSchema> {
  const schema = await testSchema();
  onTestFinished(schema.drop);
  return schema;
}

async function openSchema(url: string, clock: Clock): Promise<OpenedLeft> {
  const database = await openDatabase(url, { settings: plannerSettings });
  const shared = openPostgresSharedState(await openDatabase(url, { connections: 1 }));
  return closing({ ...openPostgres(database, { clock, now: () => clock.now() }), shared });
}

function copyRules(version: string, folder: string): void {
  cpSync(join(journalsFolder, version, rulesFile), join(folder, rulesFile));
}

function closing(home: Omit<OpenedLeft, 'close'>): OpenedLeft {
  const close = async () => {
    await Promise.all([home.journal.close(), home.store.close(), home.shared?.close()]);
  };
  onTestFinished(close);
  return { ...home, close };
}

async function freshShape(file: string): Promise<object> {
  const options = { durability: 'process', leaseMs: 1, owner: '', now: 0, leases: [] } as const;
  const { database } = openFile({ file, ...options });
  onTestFinished(() => database.close());
  return fileShape(database);
}

async function withFile<T>(file: string, work: (database: DatabaseSyncInstance) => T): Promise<T> {
  const database = new DatabaseSync(file);
  try {
    return work(database);
  } finally {
    database.close();
  }
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const address = new URL(url);
  address.searchParams.delete('schema');
  const client = new Client(address.href);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
