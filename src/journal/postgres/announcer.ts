import type { Clock } from '../../core/clock.js';
import type { Database } from '../../postgres/database.js';

/** Others are told no more often, in ms: each telling wakes every program. */
const everyMs = 50;

/**
 * Tells the other programs that there is work. Not in the transaction that keeps the work: commits
 * that notify wait for each other in PostgreSQL, however many there are. Should the program die in
 * between, the others find out by themselves within a second.
 */
export class Announcer {
  readonly #database: Database;
  readonly #channel: string;
  readonly #clock: Clock;
  readonly #closing = new AbortController();
  #isWanted = false;
  #telling: Promise<void> | undefined;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#channel = `${database.schema}.work`;
    this.#clock = clock;
  }

  /** Calls `wake` whenever another program, or this one, tells; answers how to stop that. */
  listen(wake: () => void): () => void {
    return this.#database.listen(this.#channel, wake);
  }

  /** Tells soon. */
  announce(): void {
    this.#isWanted = true;
    this.#telling ??= this.#tell();
  }

  /** Tells what is not told yet, and nothing more. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#telling;
    if (this.#isWanted) await this.#notify();
  }

  /** Never rejects. */
  async #tell(): Promise<void> {
    const { signal } = this.#closing;
    while (this.#isWanted && !signal.aborted) {
      this.#isWanted = false;
      await this.#notify();
      await this.#clock.sleep(everyMs, signal, { ref: false }).catch(() => {});
    }
    this.#telling = undefined;
  }

  /** Never rejects: others find out by themselves. */
  async #notify(): Promise<void> {
    await this.#database.query("SELECT pg_notify($1, '')", [this.#channel]).catch(() => {});
  }
}
