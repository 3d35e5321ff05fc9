import type { LoadedJournal } from '../../config/load-journal.js';
import type { Operations } from '../../core/operations.js';

/** The tasks of a journal that no program has open. */
export interface OfflineJournal {
  readonly operations: Operations;
  close(): Promise<void>;
}

/** Opens the journal's own file; `undefined` when there is none that could be opened. */
export async function openOffline(_loaded: LoadedJournal): Promise<OfflineJournal | undefined> {
  return undefined;
}
