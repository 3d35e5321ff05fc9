import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { LoadedJournal } from '../../config/load-journal.js';
import type { Operations } from '../../core/operations.js';
import { openSqlite } from '../../journal/open-sqlite.js';
import { journalOperations } from '../../server/control/journal-operations.js';

/** The tasks of a journal that no program has open. */
export interface OfflineJournal {
  readonly operations: Operations;
  close(): Promise<void>;
}

/**
 * Opens the journal's own file; `undefined` when there is none.
 *
 * @throws CallbackError as `openSqlite` does, e.g. `journal-locked`
 */
export async function openOffline(loaded: LoadedJournal): Promise<OfflineJournal | undefined> {
  const { store, durability, retention } = loaded.journal;
  if (store.kind !== 'sqlite') return undefined;
  const file = resolve(dirname(loaded.file), store.file);
  // Looking must not make an empty journal.
  if (!existsSync(file)) return undefined;
  const home = await openSqlite({ file, durability, retention });
  return {
    operations: journalOperations(home.journal),
    close: async () => {
      await Promise.all([home.journal.close(), home.store.close()]);
    },
  };
}
