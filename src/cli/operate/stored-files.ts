import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { createFileStreamStore } from '../../adapters/shared/file-stream-store.js';
import { storedPersonal } from '../../adapters/shared/stored-personal.js';
import { streamFile } from '../../adapters/shared/stream-file.js';
import { loadStores } from '../../config/load-stores.js';
import type { PersonalData, PersonalRecord } from '../../core/personal-records.js';
import type { StreamStore } from '../../core/stream-store.js';

/** What the adapters of a configuration keep of people in files that no program has open. */
export async function storedFiles(
  configFile: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<readonly PersonalData[]> {
  const folders = [dirname(configFile), process.cwd()];
  const stores = await loadStores(configFile, env);
  const paths = stores.flatMap(({ name, store }) =>
    folders.map((folder) =>
      store === undefined ? streamFile(folder, name) : resolve(folder, store),
    ),
  );
  return [...new Set(paths)].filter((path) => existsSync(path)).map(fileData);
}

/** Opens the file for a moment each time. */
function fileData(path: string): PersonalData {
  const opened = async <T>(work: (data: PersonalData) => Promise<T>): Promise<T> => {
    const store: StreamStore = createFileStreamStore({ path });
    await store.open();
    try {
      return await work(storedPersonal(store));
    } finally {
      await store.close();
    }
  };
  return {
    of: async (userId): Promise<readonly PersonalRecord[]> =>
      await opened((data) => data.of(userId)),
    forget: async (userId) => await opened((data) => data.forget(userId)),
  };
}
