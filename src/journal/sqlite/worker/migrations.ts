import { writeFileSync } from 'node:fs';
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { FaultError } from '../fault.js';

/** "wccj": tells a journal from a database of another program. */
const applicationId = 0x77_63_63_6a;

/**
 * The steps from an empty file to the present schema; the schema's version is how many were taken.
 *
 * Rows are written where the last ones were: a page is what a commit costs. Only `id` is spread over
 * its index. What may be claimed stands in the lanes, which are kept in memory (`fill-lanes.ts`) and
 * are made from the unsettled tasks when the file is opened.
 */
const migrations: readonly string[] = [
  `
  CREATE TABLE tasks (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    bot TEXT NOT NULL,
    speaker TEXT NOT NULL,
    lane TEXT NOT NULL,
    rule TEXT NOT NULL,
    event TEXT NOT NULL,
    event_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    conversation_kind TEXT,
    conversation_id TEXT,
    arrived_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    former_attempts INTEGER NOT NULL DEFAULT 0,
    say_failures INTEGER NOT NULL DEFAULT 0,
    said INTEGER NOT NULL DEFAULT 0,
    waiting_said INTEGER NOT NULL DEFAULT 0,
    outcome TEXT,
    reason TEXT,
    settled_at INTEGER,
    settled_turn INTEGER,
    is_blank INTEGER NOT NULL DEFAULT 0,
    response TEXT,
    request TEXT NOT NULL
  );
  CREATE INDEX tasks_unsettled ON tasks (seq, arrived_at) WHERE outcome IS NULL;
  CREATE INDEX tasks_settled ON tasks (settled_turn, settled_at, outcome)
    WHERE outcome IS NOT NULL;
  CREATE INDEX tasks_dead ON tasks (seq) WHERE outcome = 'dead';
  CREATE TABLE attempts (
    task INTEGER NOT NULL,
    n INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    duration_ms INTEGER NOT NULL,
    status INTEGER,
    reason TEXT,
    PRIMARY KEY (task, n)
  ) WITHOUT ROWID;
  CREATE TABLE budgets (
    key TEXT PRIMARY KEY,
    started_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    used INTEGER NOT NULL,
    person TEXT
  ) WITHOUT ROWID;
  CREATE INDEX budgets_end ON budgets (ends_at);
  CREATE INDEX budgets_person ON budgets (person) WHERE person IS NOT NULL;
  CREATE TABLE budget_members (
    key TEXT NOT NULL,
    member TEXT NOT NULL,
    PRIMARY KEY (key, member)
  ) WITHOUT ROWID;
  CREATE TABLE meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
  INSERT INTO meta VALUES ('runs', 0), ('blank-turn', 0);
  `,
  // What a receiver answered that was no valid response.
  'ALTER TABLE attempts ADD COLUMN body TEXT',
  // How long a task may hold its lane back, and the lane that it came in once it has left that.
  `
  ALTER TABLE tasks ADD COLUMN hold_ms INTEGER;
  ALTER TABLE tasks ADD COLUMN former_lane TEXT;
  `,
  // Since when the next part of an answer may stand in the chat.
  `
  ALTER TABLE tasks ADD COLUMN unsure_at INTEGER;
  CREATE INDEX tasks_unknown ON tasks (seq) WHERE outcome = 'unknown';
  `,
  // When a text is deleted at the latest, and up to where those are deleted that are kept for less long.
  `
  ALTER TABLE tasks ADD COLUMN text_until INTEGER;
  CREATE INDEX tasks_expiring ON tasks (text_until)
    WHERE text_until IS NOT NULL AND outcome IS NOT NULL AND is_blank = 0;
  INSERT INTO meta SELECT 'early-blank-turn', value FROM meta WHERE key = 'blank-turn';
  `,
  // Who said what a message quotes.
  'ALTER TABLE tasks ADD COLUMN quoted_user_id TEXT',
  // What a receiver refused was dead before it had a state of its own.
  `
  CREATE INDEX tasks_refused ON tasks (seq) WHERE outcome = 'refused';
  UPDATE tasks SET outcome = 'refused' WHERE outcome = 'dead' AND reason = 'refused';
  `,
];

/**
 * Brings a file up to the present schema, in one transaction. What is there already is copied to
 * `<file>.bak-<version>` before.
 *
 * @throws FaultError `too-new`, `foreign`
 */
export function migrate(
  database: DatabaseSyncInstance,
  file: string,
  steps: readonly string[] = migrations,
): void {
  const version = numberOf(database, 'user_version');
  if (version > steps.length) throw new FaultError('too-new', `${version}`);
  const isOurs = numberOf(database, 'application_id') === applicationId;
  if (!isOurs && !isEmpty(database)) throw new FaultError('foreign', `${version}`);
  if (version === steps.length) return;
  if (version > 0) {
    const copy = `${file}.bak-${version}`;
    // For this user alone; and in place of the copy of an upgrade that failed.
    writeFileSync(copy, '', { mode: 0o600 });
    backUp(database, copy);
  }
  database.exec('BEGIN IMMEDIATE');
  try {
    for (const step of steps.slice(version)) database.exec(step);
    database.exec(`PRAGMA application_id = ${applicationId}`);
    database.exec(`PRAGMA user_version = ${steps.length}`);
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

/** Writes a consistent copy into a file that is empty or absent. */
export function backUp(database: DatabaseSyncInstance, file: string): void {
  database.prepare('VACUUM INTO ?').run(file);
}

function numberOf(database: DatabaseSyncInstance, pragma: string): number {
  const row = database.prepare(`PRAGMA ${pragma}`).get() as Record<string, number>;
  return row[pragma] ?? 0;
}

function isEmpty(database: DatabaseSyncInstance): boolean {
  return database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
}
