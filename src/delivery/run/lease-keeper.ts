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
  /** Tells every running task to stop. */
  abortAll(): void;
}

interface Held {
  readonly claim: Claim;
  readonly controller: AbortController;
  leaseUntil: number;
}

/** A lease that is nearly over is renewed at once, but the journal is never asked without pause. */
const shortestPauseMs = 50;

/** A keeper that holds nothing yet. It renews when a third of the shortest lease has passed. */
export function createLeaseKeeper(journal: Journal, clock: Clock, log: RunLog): LeaseKeeper {
  const held = new Map<string, Held>();
  let isRenewing = false;

  const renewOnce = async () => {
    const leases = [...held.values()];
    const renewed = await journal.renew(leases.map(({ claim }) => claim));
    for (const lease of leases) {
      const until = renewed.get(lease.claim.token);
      if (until === undefined) lease.controller.abort(new Error('The lease is lost.'));
      else lease.leaseUntil = until;
    }
  };
  const keepRenewing = async () => {
    while (held.size > 0) {
      await clock.sleep(pauseMs(held.values(), clock.now()), undefined, { ref: false });
      try {
        if (held.size > 0) await renewOnce();
      } catch (error) {
        log.journalFailed(error);
      }
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
      held.set(claim.token, { claim, controller, leaseUntil: claim.leaseUntil });
      if (!isRenewing) void start();
      return {
        signal: controller.signal,
        release: () => {
          held.delete(claim.token);
        },
      };
    },
    abortAll: () => {
      for (const { controller } of held.values()) controller.abort(new Error('Stopping.'));
    },
  };
}

function pauseMs(leases: Iterable<Held>, now: number): number {
  let first = Number.POSITIVE_INFINITY;
  for (const { leaseUntil } of leases) first = Math.min(first, leaseUntil);
  return Math.max(shortestPauseMs, (first - now) / 3);
}
