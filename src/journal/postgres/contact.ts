import type { Clock } from '../../core/clock.js';
import { isCallbackError } from '../../core/errors.js';
import type { Database } from '../../postgres/database.js';

/** An answer that takes longer than this was held up by more than work, in ms. */
const shortestSlowMs = 2000;

/**
 * Whether this program has been in touch with the server for a whole lease. One that was cut off
 * cannot tell leases that ran out meanwhile from those of the dead: who holds them may be back as
 * well, and renews them first.
 */
export class Contact {
  readonly #clock: Clock;
  readonly #leaseMs: number;
  readonly #isKnown: boolean;
  readonly #slowMs: number;
  /** When each call that is not answered yet was made, in this order. */
  readonly #pending = new Set<{ readonly since: number }>();
  #isLost = false;
  #backAt = Number.NEGATIVE_INFINITY;

  /** `isKnown`: how long an answer takes can be told; not where tests own the time. */
  constructor(clock: Clock, leaseMs: number, isKnown = true) {
    this.#clock = clock;
    this.#isKnown = isKnown;
    this.#leaseMs = leaseMs;
    // A lease that was renewed in time outlasts this.
    this.#slowMs = Math.max(shortestSlowMs, leaseMs / 2);
  }

  /** Whether a lease that has run out is that of a program which has died. */
  mayTakeOver(): boolean {
    if (!this.#isKnown) return true;
    const now = this.#clock.monotonic();
    const [oldest] = this.#pending;
    const isHeldUp = oldest !== undefined && now - oldest.since > this.#slowMs;
    return !this.#isLost && !isHeldUp && now - this.#backAt >= this.#leaseMs;
  }

  /** The same database; what becomes of its calls is noted. */
  watch(database: Database): Database {
    return {
      schema: database.schema,
      address: database.address,
      query: (statement, values) => this.#noted(() => database.query(statement, values)),
      transaction: (work) =>
        this.#noted((answered) =>
          database.transaction((sql) => {
            // A pooler lets the first statement wait for the server: what follows knows of it.
            answered();
            return work(sql);
          }),
        ),
      migrate: (...migration) => database.migrate(...migration),
      listen: (channel, hear) => database.listen(channel, hear),
      close: () => database.close(),
    };
  }

  async #noted<T>(work: (answered: () => void) => Promise<T>): Promise<T> {
    let call = this.#begun();
    const answered = () => {
      this.#answered(call);
      // What is left of it may be held up as well: a disk that stands still holds up commits alone.
      call = this.#begun();
    };
    try {
      const result = await work(answered);
      this.#answered(call);
      return result;
    } catch (error) {
      this.#isLost ||= isCallbackError(error) && error.code === 'postgres-unreachable';
      throw error;
    } finally {
      this.#pending.delete(call);
    }
  }

  #begun(): { readonly since: number } {
    const call = { since: this.#clock.monotonic() };
    this.#pending.add(call);
    return call;
  }

  #answered(call: { readonly since: number }): void {
    const now = this.#clock.monotonic();
    this.#pending.delete(call);
    if (this.#isLost || now - call.since > this.#slowMs) this.#backAt = now;
    this.#isLost = false;
  }
}
