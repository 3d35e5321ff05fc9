import type { Journal, JournalStats } from '../core/journal.js';
import { sharedAnswer } from '../server/shared-answer.js';

const counts = new WeakMap<Journal, () => Promise<JournalStats>>();

/**
 * How much is in a journal, as health and metrics tell it. To count it takes a while when there is
 * much, and the journal does nothing else meanwhile: strangers who ask must not hold up messages.
 * Rejects before there is a journal.
 */
export function countJournal(journal: Journal | undefined): Promise<JournalStats> {
  if (journal === undefined) return Promise.reject(new Error('The journal is not open yet.'));
  const known = counts.get(journal) ?? sharedAnswer(() => journal.stats());
  counts.set(journal, known);
  return known();
}
