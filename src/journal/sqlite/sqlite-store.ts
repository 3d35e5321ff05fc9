import type { Clock } from '../../core/clock.js';
import type { Budget, Store } from '../../core/store.js';
import { storeClosed } from '../store-closed.js';
import type { Thread } from './thread.js';

/** What a store works with. */
export interface SqliteStoreParts {
  readonly thread: Thread;
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
    const [safeKey, safeMember] = [JSON.stringify(key), JSON.stringify(member)];
    return thread.call('admit', { key: safeKey, member: safeMember, budget, now: clock.now() });
  }

  close(): Promise<void> {
    this.#closed ??= this.#parts.release();
    return this.#closed;
  }
}
