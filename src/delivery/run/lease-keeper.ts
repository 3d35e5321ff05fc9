import type { Clock } from '../../core/clock.js';
import type { Claim, Journal } from '../../core/journal.js';
import type { RunLog } from './run-log.js';

/** A lease that is renewed until it is released. */
export interface HeldLease {
  /** Aborted when the lease is lost, or by `abortAll`. */
  readonly signal: AbortSignal;
  /**
   * To be awaited before anything is done that cannot be undone. When the lease may have ended, or
   * is in its last half, because the process stood still or the journal was away, it is renewed
   * first; where another has it by now, `signal` is aborted. Rejects when the journal does.
   */
  confirm(): Promise<void>;
  release(): void;
}

/** Keeps the leases of all running tasks, with one timer for all. */
export interface LeaseKeeper {
  hold(claim: Claim): HeldLease;
  /**
   * True when the process stood still for so long that leases may have ended. Claim in the same
   * breath in which this is false, or the runner takes over its own tasks.
   */
  isOverdue(): boolean;
  /** Renews at once. Rejects when the journal does. */
  catchUp(): Promise<void>;
  /** Tells every running task to stop. */
  abortAll(): void;
}

interface Held {
  readonly claim: Claim;
  readonly controller: AbortController;
  /** Of a lease that is relied on so much must be left, in ms: what begins now is done within it. */
  readonly marginMs: number;
  /** When the lease ends, on the monotonic clock: the other may be set meanwhile. */
  until: number;
}

/** A lease that is nearly over is renewed at once, but the journal is never asked without pause. */
const shortestPauseMs = 50;

/** A keeper that holds nothing yet. It renews when a third of the shortest lease has passed. */
export function createLeaseKeeper(journal: Journal, clock: Clock, log: RunLog): LeaseKeeper {
  return new OneTimerKeeper(journal, clock, log);
}

class OneTimerKeeper implements LeaseKeeper {
  readonly #journal: Journal;
  readonly #clock: Clock;
  readonly #log: RunLog;
  readonly #held = new Map<string, Held>();
  #isRenewing = false;
  /** One renewal for all who ask at the same time: they may be many, and wait for long. */
  #renewal: Promise<void> | undefined;
  /** Renewing is overdue from this moment on, on the monotonic clock. */
  #overdueAt = Number.POSITIVE_INFINITY;

  constructor(journal: Journal, clock: Clock, log: RunLog) {
    this.#journal = journal;
    this.#clock = clock;
    this.#log = log;
  }

  hold(claim: Claim): HeldLease {
    const controller = new AbortController();
    const until = this.#monotonic(claim.leaseUntil);
    const marginMs = Math.max(0, until - this.#clock.monotonic()) / 2;
    const held: Held = { claim, controller, marginMs, until };
    this.#held.set(claim.token, held);
    this.#overdueAt = Math.min(this.#overdueAt, until);
    if (!this.#isRenewing) void this.#keepRenewing();
    return {
      signal: controller.signal,
      confirm: async () => {
        const isShort = () =>
          this.#held.has(claim.token) && this.#clock.monotonic() >= held.until - held.marginMs;
        // One that was asked for earlier may have come to an end before this one began.
        if (isShort()) await this.#renewTogether();
        if (isShort()) await this.#renewTogether();
      },
      release: () => {
        this.#held.delete(claim.token);
      },
    };
  }

  isOverdue(): boolean {
    return this.#clock.monotonic() >= this.#overdueAt;
  }

  async catchUp(): Promise<void> {
    await this.#renewTogether();
  }

  abortAll(): void {
    for (const { controller } of this.#held.values()) controller.abort(new Error('Stopping.'));
  }

  async #keepRenewing(): Promise<void> {
    this.#isRenewing = true;
    while (this.#held.size > 0) {
      const now = this.#clock.monotonic();
      const first = firstEnd(this.#held.values());
      const ms = Math.max(shortestPauseMs, (first - now) / 3);
      // When a third of the first lease is left.
      this.#overdueAt = Math.min(now + 2 * ms, first);
      await this.#clock.sleep(ms, undefined, { ref: false });
      await this.#renewTogether().catch((error: unknown) => this.#log.journalFailed(error));
    }
    this.#isRenewing = false;
  }

  /** Rejects when the journal does. */
  #renewTogether(): Promise<void> {
    this.#renewal ??= this.#renew().finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  async #renew(): Promise<void> {
    const leases = [...this.#held.values()];
    try {
      if (leases.length === 0) return;
      const renewed = await this.#journal.renew(leases.map(({ claim }) => claim));
      for (const lease of leases) this.#note(lease, renewed.get(lease.claim.token));
    } finally {
      // Not before: a renewal that was asked for before the process stood still comes too late.
      this.#overdueAt = firstEnd(this.#held.values());
    }
  }

  #note(lease: Held, until: number | undefined): void {
    if (until !== undefined) {
      lease.until = this.#monotonic(until);
      return;
    }
    this.#held.delete(lease.claim.token);
    lease.controller.abort(new Error('The lease is lost.'));
  }

  /** The same moment on the monotonic clock. */
  #monotonic(at: number): number {
    return this.#clock.monotonic() + (at - this.#clock.now());
  }
}

function firstEnd(leases: Iterable<Held>): number {
  let first = Number.POSITIVE_INFINITY;
  for (const { until } of leases) first = Math.min(first, until);
  return first;
}
