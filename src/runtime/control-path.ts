import { dirname, resolve } from 'node:path';
import type { JournalStore } from '../config/config.js';
import { socketPath } from '../server/control/socket-path.js';

/** Where the control socket of a configuration is; `configFile` is absolute. */
export function controlPath(configFile: string, store: JournalStore): string {
  if (store.kind !== 'sqlite') return socketPath({ configFile });
  return socketPath({ configFile, journalFile: resolve(dirname(configFile), store.file) });
}
