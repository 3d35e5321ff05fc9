import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import type { ThreadOptions } from '../calls.js';
import { fillLanes } from './fill-lanes.js';
import { migrate } from './migrations.js';
import { setBackBy, shiftTasks } from './set-clock.js';

/** The open file, and the number of this opening: no token of a former one is ever given again. */
export interface OpenedDatabase {
  readonly database: DatabaseSyncInstance;
  readonly run: number;
}

/**
 * Opens the file for this program alone, brings it up to the present schema, and makes the
 * lanes. Only the leases of this very process are known: the exclusive lock proves that no other
 * holder lives.
 *
 * @throws FaultError or an error of SQLite, see `faultOf`
 */
export function openDatabase(options: ThreadOptions): OpenedDatabase {
  const { file, durability, leases, now } = options;
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    // Before anything is read, so that the log of WAL needs no shared memory and nobody gets in.
    database.exec('PRAGMA locking_mode = EXCLUSIVE');
    database.exec('PRAGMA journal_mode = WAL');
    database.exec(`PRAGMA synchronous = ${durability === 'full' ? 'FULL' : 'NORMAL'}`);
    // Ids are spread all over their index: with SQLite's own 4 MB and 2 MB the same pages would be
    // written and read again and again. But whoever is waiting waits for a checkpoint as well: 8 MB.
    database.exec('PRAGMA wal_autocheckpoint = 2000');
    database.exec('PRAGMA cache_size = -16000');
    database.exec('PRAGMA secure_delete = FAST');
    database.exec('PRAGMA temp_store = MEMORY');
    // The lock is taken by writing: a reader alone would find out too late.
    database.exec('BEGIN IMMEDIATE; COMMIT');
    migrate(database, file);
    const setBack = setBackBy(database, now);
    if (setBack !== 0) shiftTasks(database, setBack, now);
    fillLanes(database, { leases, now });
    return { database, run: begin(database) };
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Counts the openings of the file. */
function begin(database: DatabaseSyncInstance): number {
  const row = database
    .prepare("UPDATE meta SET value = value + 1 WHERE key = 'runs' RETURNING value")
    .get();
  return (row as { value: number }).value;
}
