import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { TaskRecord } from '../../../src/core/task.js';
import { openSqlite } from '../../../src/journal/open-sqlite.js';
import type { Bench } from './bench.js';
import { type Left, sqliteFile } from './folder.js';
import { retention, tellOpen, tellSettled } from './story.js';

/**
 * Tells the story to a journal in a file: all that is settled in a first life of the program, and
 * the rest in a second one. The file stays open.
 *
 * @returns the tasks as they stand, and how the file is closed
 */
export async function writeSqlite(
  folder: string,
  left: Left,
  bench: Bench,
): Promise<{ readonly tasks: readonly TaskRecord[]; readonly close: () => Promise<void> }> {
  const file = sqliteFile(folder, left);
  mkdirSync(join(folder, left), { recursive: true });
  const open = async () => {
    const home = await openSqlite({ file, clock: bench.clock, retention });
    bench.open(home);
    return async () => {
      await Promise.all([home.journal.close(), home.store.close()]);
    };
  };
  const closeFirst = await open();
  await tellSettled(bench);
  await closeFirst();
  const close = await open();
  await tellOpen(bench);
  return { tasks: await bench.journal.find({ limit: 1000 }), close };
}
