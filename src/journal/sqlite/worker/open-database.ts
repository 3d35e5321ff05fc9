import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import type { ThreadOptions } from '../calls.js';
import { migrate } from './migrations.js';
import { setBackBy, shiftTimes } from './set-clock.js';

/** The open file, and the number of this opening: no token of a former one is ever given again. */
export interface OpenedDatabase {
  readonly database: DatabaseSyncInstance;
  readonly run: number;
}

/**
 * Opens the file for this program alone, brings it up to the present schema, and frees the lanes
 * that were leased: the exclusive lock proves that none of their holders lives.
 *
 * @throws FaultError or an error of SQLite, see `faultOf`
 */
export function openDatabase(options: ThreadOptions): OpenedDatabase {
  const { file, durability, now } = options;
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    // Before anything is read, so that the log of WAL needs no shared memory and nobody gets in.
    database.exec('PRAGMA locking_mode = EXCLUSIVE');
    database.exec('PRAGMA journal_mode = WAL');
    database.exec(`PRAGMA synchronous = ${durability === 'full' ? 'FULL' : 'NORMAL'}`);
    // Ids are spread all over their index: with SQLite's own 4 MB and 2 MB the same pages would be
    // written and read again and again (16 MB each).
    database.exec('PRAGMA wal_autocheckpoint = 4000');
    database.exec('PRAGMA cache_size = -16000');
    database.exec('PRAGMA secure_delete = FAST');
    database.exec('PRAGMA temp_store = MEMORY');
    // The lock is taken by writing: a reader alone would find out too late.
    database.exec('BEGIN IMMEDIATE; COMMIT');
    migrate(database, file);
    return { database, run: begin(database, now) };
  } catch (error) {
    database.close();
    throw error;
  }
}

function begin(database: DatabaseSyncInstance, now: number): number {
  database.exec('BEGIN IMMEDIATE');
  database.exec("UPDATE meta SET value = value + 1 WHERE key = 'runs'");
  const setBack = setBackBy(database, now);
  if (setBack !== 0) shiftTimes(database, setBack, now);
  database
    .prepare(
      'UPDATE lanes SET token = NULL, lease_until = NULL, ready_at = ? WHERE token IS NOT NULL',
    )
    .run(now);
  const row = database.prepare("SELECT value FROM meta WHERE key = 'runs'").get();
  database.exec('COMMIT');
  return (row as { value: number }).value;
}
