import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { LoadedJournal } from '../../config/load-journal.js';
import { placeFrom } from '../../core/database-place.js';
import type { Operations } from '../../core/operations.js';
import type { SharedState } from '../../core/shared-state.js';
import { openPostgres } from '../../journal/open-postgres.js';
import { openSqlite, type SqliteHome } from '../../journal/open-sqlite.js';
import { openPostgresSharedState } from '../../journal/postgres/shared-state.js';
import { plannerSettings } from '../../journal/postgres/tables.js';
import { openDatabase } from '../../postgres/open-database.js';
import { limitsData, sharedData } from '../../runtime/personal-data.js';
import { journalOperations } from '../../server/control/journal-operations.js';
import { storedFiles } from './stored-files.js';

/** The tasks of a journal that no program has open. */
export interface OfflineJournal {
  readonly operations: Operations;
  close(): Promise<void>;
}

/**
 * Opens the journal's own file, or its database, which any number of programs may have open;
 * `undefined` when there is no file.
 *
 * @throws CallbackError as `openSqlite` and `openDatabase` do, e.g. `journal-locked`
 */
export async function openOffline(
  loaded: LoadedJournal,
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<OfflineJournal | undefined> {
  const home = await openHome(loaded);
  const files = home === undefined ? [] : await storedFiles(loaded.file, env);
  return (
    home && {
      operations: journalOperations(home.journal, {
        shared: home.shared,
        beside: () => [
          limitsData(home.store),
          ...(home.shared ? [sharedData(home.shared)] : []),
          ...files,
        ],
        // A file is open here, so no program has it; a database may have programs elsewhere.
        program: ({ dueAt }) =>
          home.shared === undefined && dueAt <= Date.now() ? { kind: 'program' } : undefined,
      }),
      close: async () => {
        await Promise.all([home.journal.close(), home.store.close(), home.shared?.close()]);
      },
    }
  );
}

async function openHome({
  file: configFile,
  journal,
}: LoadedJournal): Promise<(SqliteHome & { readonly shared?: SharedState }) | undefined> {
  const { store, durability, retention } = journal;
  if (store.kind === 'postgres') {
    const place = placeFrom(dirname(configFile), store);
    const shared = openPostgresSharedState(await openDatabase(place, { connections: 1 }));
    const database = await openDatabase(place, { settings: plannerSettings });
    return { ...openPostgres(database, { retention }), shared };
  }
  if (store.kind === 'memory') return undefined;
  const file = resolve(dirname(configFile), store.file);
  // Looking must not make an empty journal.
  return existsSync(file) ? await openSqlite({ file, durability, retention }) : undefined;
}
