import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { DatabaseSync } from '@photostructure/sqlite';

/** What the file of a journal says of a task. */
export interface FiledTask {
  readonly id: string;
  readonly lane: string;
  readonly outcome: string | null;
  readonly hasResponse: boolean;
  /** How many of its words are marked as said. */
  readonly said: number;
}

/**
 * The tasks in a journal that nobody has open, in the order of their arrival. A copy is read, so
 * that whoever opens the file next finds it as the last one left it.
 */
export function readJournalFile(file: string): readonly FiledTask[] {
  const copy = `${file}.copy`;
  for (const suffix of ['', '-wal']) {
    rmSync(copy + suffix, { force: true });
    if (existsSync(file + suffix)) copyFileSync(file + suffix, copy + suffix);
  }
  const database = new DatabaseSync(copy);
  try {
    const isThere = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'tasks'").get();
    // Killed before it had made its tables.
    if (isThere === undefined) return [];
    const rows = database
      .prepare(
        'SELECT id, lane, outcome, response IS NOT NULL AS hasResponse, said FROM tasks ORDER BY seq',
      )
      .all() as (Omit<FiledTask, 'hasResponse'> & { hasResponse: number })[];
    return rows.map((row) => ({ ...row, hasResponse: row.hasResponse !== 0 }));
  } finally {
    database.close();
  }
}
