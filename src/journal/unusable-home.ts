import type { Journal } from '../core/journal.js';
import type { Store } from '../core/store.js';

/**
 * A journal and a store that refuse everything with the same error, until they are closed: what must
 * be kept for several programs cannot be kept in the memory of one.
 */
export function unusableHome(error: Error): { readonly journal: Journal; readonly store: Store } {
  const refuse = async () => {
    throw error;
  };
  const journal: Journal = {
    accept: refuse,
    claim: refuse,
    renew: refuse,
    record: refuse,
    settle: refuse,
    retry: refuse,
    find: refuse,
    get: refuse,
    blockers: refuse,
    replay: refuse,
    discard: refuse,
    resolve: refuse,
    stats: refuse,
    forget: refuse,
    sweep: refuse,
    backup: refuse,
    onWork: () => () => {},
    close,
  };
  return { journal, store: { admit: refuse, forget: refuse, of: refuse, close } };
}

async function close(): Promise<void> {}
