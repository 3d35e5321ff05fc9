import type { Clock } from '../../core/clock.js';
import type { Claim, Journal } from '../../core/journal.js';
import type { RunLog } from './run-log.js';

/** A lease that is renewed until it is released. */
export interface HeldLease {
  /** Aborted when the lease is lost, or by `abortAll`. */
  readonly signal: AbortSignal;
  release(): void;
}

/** Keeps the leases of all running tasks, with one timer for all. */
export interface LeaseKeeper {
  hold(claim: Claim): HeldLease;
  /**
   * Renews at once when the process stood still for so long that leases may have ended. Await it
   * before claiming, or the runner takes over its own tasks. Never rejects.
   */
  catchUp(): Promise<void>;
  /** Tells every running task to stop. */
  abortAll(): void;
}

interface Held {
  readonly claim: Claim;
  readonly controller: AbortController;
  /** When the lease ends, on the monotonic clock: the other may be set meanwhile. */
  until: number;
}

/** A lease that is nearly over is renewed at once, but the journal is never asked without pause. */
const shortestPauseMs = 50;

/** A keeper that holds nothing yet. It renews when a third of the shortest lease has passed. */
export function createLeaseKeeper(journal: Journal, clock: Clock, log: RunLog): LeaseKeeper {
  const held = new Map<string, Held>();
  let isRenewing = false;
  /** Renewing is overdue from this moment on, on the monotonic clock. */
  let overdueAt = Number.POSITIVE_INFINITY;

  const monotonic = (wall: number) => clock.monotonic() + (wall - clock.now());
  const renewOnce = async () => {
    overdueAt = Number.POSITIVE_INFINITY;
    const leases = [...held.values()];
    const renewed = await journal.renew(leases.map(({ claim }) => claim));
    for (const lease of leases) {
      const until = renewed.get(lease.claim.token);
      if (until === undefined) lease.controller.abort(new Error('The lease is lost.'));
      else lease.until = monotonic(until);
    }
  };
  const renew = async () => {
    try {
      if (held.size > 0) await renewOnce();
    } catch (error) {
      log.journalFailed(error);
    }
  };
  const keepRenewing = async () => {
    while (held.size > 0) {
      const now = clock.monotonic();
      const first = firstEnd(held.values());
      const ms = Math.max(shortestPauseMs, (first - now) / 3);
      // When a third of the first lease is left.
      overdueAt = Math.min(now + 2 * ms, first);
      await clock.sleep(ms, undefined, { ref: false });
      await renew();
    }
  };
  const start = async () => {
    isRenewing = true;
    await keepRenewing();
    isRenewing = false;
  };
  return {
    hold: (claim) => {
      const controller = new AbortController();
      const until = monotonic(claim.leaseUntil);
      held.set(claim.token, { claim, controller, until });
      overdueAt = Math.min(overdueAt, until);
      if (!isRenewing) void start();
      return {
        signal: controller.signal,
        release: () => {
          held.delete(claim.token);
        },
      };
    },
    catchUp: async () => {
      if (clock.monotonic() >= overdueAt) await renew();
    },
    abortAll: () => {
      for (const { controller } of held.values()) controller.abort(new Error('Stopping.'));
    },
  };
}

function firstEnd(leases: Iterable<Held>): number {
  let first = Number.POSITIVE_INFINITY;
  for (const { until } of leases) first = Math.min(first, until);
  return first;
}
