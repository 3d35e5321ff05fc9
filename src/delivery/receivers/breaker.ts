/**
 * What is thought of a receiver.
 *
 * - *closed*: it works. Every call is made; failures in a row are counted, any other end of a call
 *   sets the count back to none. With `maxFailures` in a row the breaker opens.
 * - *open*: it steadily fails. No call is made until the pause is over; the first one after it is
 *   the probe, and the breaker is half-open.
 * - *half-open*: one probe is under way, nothing else is called. If it ends well, the breaker
 *   closes; if it fails, it opens again for twice the pause, up to a limit; if it says nothing of
 *   the receiver (called off by us), it opens with a pause that is over already.
 *
 * Calls that began before the last change of state say nothing any more: of a hundred calls that
 * hang together, the first few open the breaker, and the rest do not open it again.
 */
export type BreakerState =
  | { readonly kind: 'closed'; readonly failures: number }
  | { readonly kind: 'open'; readonly until: number; readonly pauseMs: number }
  | { readonly kind: 'half-open'; readonly pauseMs: number };

/** What a call said of its receiver: it works, it fails, or nothing (never sent, called off). */
export type Verdict = 'well' | 'failed' | 'nothing';

/** When a breaker opens, and for how long. */
export interface BreakerOptions {
  /** Failures in a row that open it. Default: 5. */
  readonly maxFailures: number;
  /** The first pause, doubled with each probe that fails, in ms. Default: 5,000. */
  readonly pauseMs: number;
  /** No pause is longer, in ms. Default: 60,000. */
  readonly maxPauseMs: number;
}

/** What a breaker is like unless told otherwise. */
export const defaultBreaker: BreakerOptions = {
  maxFailures: 5,
  pauseMs: 5000,
  maxPauseMs: 60_000,
};

/** A random part of each pause, so that many bots do not probe a receiver at the same moment. */
const jitter = 0.25;

/** The breaker of one receiver. Knows no time of its own: `now` is in ms since 1970. */
export class Breaker {
  readonly #options: BreakerOptions;
  readonly #random: () => number;
  #state: BreakerState = { kind: 'closed', failures: 0 };
  #epoch = 0;

  constructor(options: BreakerOptions, random: () => number) {
    this.#options = options;
    this.#random = random;
  }

  get state(): BreakerState {
    return this.#state;
  }

  /** Whether a call may begin now. */
  admits(now: number): boolean {
    const state = this.#state;
    if (state.kind !== 'open') return state.kind === 'closed';
    // A pause longer than any: the clock was set back, and must not keep the receiver waiting.
    return state.until <= now || state.until - state.pauseMs > now;
  }

  /** A call that was admitted begins; answers what `end` wants to know of it. */
  begin(): number {
    if (this.#state.kind === 'open') {
      this.#change({ kind: 'half-open', pauseMs: this.#state.pauseMs });
    }
    return this.#epoch;
  }

  /** A call ends. */
  end(epoch: number, verdict: Verdict, now: number): void {
    const state = this.#state;
    if (epoch !== this.#epoch) return;
    if (state.kind === 'half-open') this.#probed(state.pauseMs, verdict, now);
    else if (state.kind === 'closed') this.#called(state.failures, verdict, now);
  }

  #called(failures: number, verdict: Verdict, now: number): void {
    if (verdict === 'nothing') return;
    if (verdict === 'well') {
      // Nearly always nothing changes, so nothing is made.
      if (failures > 0) this.#state = { kind: 'closed', failures: 0 };
    } else if (failures + 1 < this.#options.maxFailures) {
      this.#state = { kind: 'closed', failures: failures + 1 };
    } else {
      this.#open(this.#options.pauseMs, now);
    }
  }

  #probed(pauseMs: number, verdict: Verdict, now: number): void {
    if (verdict === 'well') this.#change({ kind: 'closed', failures: 0 });
    else if (verdict === 'failed') this.#open(pauseMs * 2, now);
    else this.#change({ kind: 'open', until: now, pauseMs });
  }

  #open(wanted: number, now: number): void {
    const pauseMs = Math.min(wanted, this.#options.maxPauseMs);
    const until = now + Math.round(pauseMs * (1 - jitter * this.#random()));
    this.#change({ kind: 'open', until, pauseMs });
  }

  #change(state: BreakerState): void {
    this.#state = state;
    this.#epoch += 1;
  }
}
