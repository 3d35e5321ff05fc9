import { type Clock, systemClock } from '../core/clock.js';
import type { Store } from '../core/store.js';
import { BudgetWindows } from './memory/budget-windows.js';
import { storeClosed } from './store-closed.js';

/** How a memory store is made. */
export interface MemoryStoreOptions {
  /** Default: the machine's clock. */
  readonly clock?: Clock;
}

/**
 * A store that lives and dies with the process. Periods that have ended are forgotten, so it grows
 * with what happens in a period, not with what ever happened. Once closed, it fails with
 * `store-closed`.
 */
export function createMemoryStore({ clock = systemClock }: MemoryStoreOptions = {}): Store {
  const windows = new BudgetWindows();
  let isClosed = false;
  return {
    admit: async (key, member, budget) => {
      if (isClosed) throw storeClosed();
      return windows.admit(key, member, { budget, now: clock.now() });
    },
    forget: async (person) => {
      if (isClosed) throw storeClosed();
      return windows.forget(person);
    },
    of: async (person) => {
      if (isClosed) throw storeClosed();
      return windows.of(person);
    },
    close: async () => {
      isClosed = true;
    },
  };
}
