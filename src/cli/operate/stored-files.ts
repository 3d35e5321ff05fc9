import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { createFileStreamStore } from '../../adapters/shared/file-stream-store.js';
import { storedPersonal } from '../../adapters/shared/stored-personal.js';
import { streamFile } from '../../adapters/shared/stream-file.js';
import { heldOwner } from '../../adapters/wildfire/held-owner.js';
import { loadStores } from '../../config/load-stores.js';
import type { PersonalData } from '../../core/personal-records.js';

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
  // Each is opened for a moment, whenever something is asked of it.
  return [...new Set(paths)]
    .filter((path) => existsSync(path))
    .map((path) => storedPersonal(createFileStreamStore({ path }), heldOwner));
}
