import type { Clock } from '../../core/clock.js';
import type { Budget, KeptPeriod, Store } from '../../core/store.js';
import { storeClosed } from '../store-closed.js';
import type { LastingThread } from './lasting-thread.js';
import { sumOfSlices } from './slices.js';

/** What a store works with. */
export interface SqliteStoreParts {
  readonly thread: LastingThread;
  readonly clock: Clock;
  /** Called once, when the store is closed. */
  readonly release: () => Promise<void>;
}

/** The periods of cooldowns and limits in the file of the journal. */
export class SqliteStore implements Store {
  readonly #parts: SqliteStoreParts;
  #closed: Promise<void> | undefined;

  constructor(parts: SqliteStoreParts) {
    this.#parts = parts;
  }

  async admit(key: string, member: string, budget: Budget): Promise<boolean> {
    if (this.#closed) throw storeClosed();
    const { thread, clock } = this.#parts;
    // As JSON, since the text of SQLite knows no lone surrogates and ends at NUL.
    const safe = { key: JSON.stringify(key), member: JSON.stringify(member) };
    const { person } = budget;
    const safeBudget = { ...budget, ...(person !== undefined && { person: safePerson(person) }) };
    return thread.call('admit', { ...safe, budget: safeBudget, now: clock.now() });
  }

  async forget(person: string): Promise<number> {
    if (this.#closed) throw storeClosed();
    return forgetBudgets(this.#parts.thread, person);
  }

  async of(person: string): Promise<readonly KeptPeriod[]> {
    if (this.#closed) throw storeClosed();
    const periods = await this.#parts.thread.call('periods', { person: safePerson(person) });
    return periods.map((period) => ({ ...period, key: JSON.parse(period.key) as string }));
  }

  close(): Promise<void> {
    this.#closed ??= this.#parts.release();
    return this.#closed;
  }
}

/** Forgets the cooldowns and limits of one person; answers how many. */
export function forgetBudgets(thread: LastingThread, person: string): Promise<number> {
  return sumOfSlices(() => thread.call('forgive', { person: safePerson(person) }));
}

function safePerson(person: string): string {
  return JSON.stringify(person);
}
