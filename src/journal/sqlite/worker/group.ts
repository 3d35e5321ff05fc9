import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { CallMessage, CallResult } from '../calls.js';
import { faultOf } from '../fault.js';
import type { Handlers } from './handlers.js';

/** A group ends when it has taken so long, in ms, so that the first in it need not wait for long. */
const longestGroupMs = 10;

/** Answers calls, many in one transaction. */
export class Group {
  readonly #database: DatabaseSyncInstance;
  readonly #handlers: Handlers;

  constructor(database: DatabaseSyncInstance, handlers: Handlers) {
    this.#database = database;
    this.#handlers = handlers;
  }

  /** Answers the first of these calls, as many as go into one transaction, and commits. */
  run(calls: readonly CallMessage[]): readonly CallResult[] {
    const [first] = calls;
    // A copy of the whole file cannot be made inside of a transaction.
    if (first?.kind === 'backup') return [attempt(first, () => this.#answer(first))];
    let taken: CallMessage[] = [];
    try {
      return this.#transaction(() => {
        taken = [];
        return this.#answerMany(calls, taken);
      });
    } catch {
      // One call failed, or the commit did. Whatever it was, it must fail nobody else: once more,
      // each by itself. (Savepoints would not do: a full disk undoes the whole transaction.)
      return taken.map((call) => attempt(call, () => this.#transaction(() => this.#answer(call))));
    }
  }

  #answerMany(calls: readonly CallMessage[], taken: CallMessage[]): readonly CallResult[] {
    const end = performance.now() + longestGroupMs;
    const results: CallResult[] = [];
    for (const call of calls) {
      // The first is answered however late it is: a machine may stand still at any point.
      const isLate = taken.length > 0 && performance.now() > end;
      if (call.kind === 'backup' || isLate) break;
      taken.push(call);
      results.push({ n: call.n, value: this.#answer(call) });
    }
    return results;
  }

  #answer({ kind, input }: CallMessage): unknown {
    const handle = this.#handlers[kind] as (given: CallMessage['input']) => unknown;
    return handle(input);
  }

  #transaction<T>(work: () => T): T {
    this.#database.exec('BEGIN');
    try {
      const result = work();
      this.#database.exec('COMMIT');
      return result;
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw error;
    }
  }
}

function attempt({ n }: CallMessage, work: () => unknown): CallResult {
  try {
    return { n, value: work() };
  } catch (error) {
    return { n, fault: faultOf(error) };
  }
}
