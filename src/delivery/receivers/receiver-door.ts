import type { Clock } from '../../core/clock.js';
import { Breaker, type BreakerOptions, type BreakerState, type Verdict } from './breaker.js';
import { CallRate, type Rate } from './call-rate.js';
import { Spread } from './spread.js';

/** How much one receiver is asked for. */
export interface ReceiverLimits {
  /** Calls at the same time. Default: 64. */
  readonly concurrency?: number;
  /** Default: none. */
  readonly rate?: Rate;
}

/** The right to call a receiver once. */
export interface Pass {
  /** The call is over. Once only; further calls do nothing. */
  leave(verdict: Verdict): void;
}

/** Whether a task may call its receiver now. */
export type Admission =
  | { readonly kind: 'pass'; readonly pass: Pass }
  /**
   * Come again at `at`; surely not called before `notBefore`, where that is known (both in ms since
   * 1970). `isDown`: its breaker is not closed. `byRate`: by its rate.
   */
  | {
      readonly kind: 'wait';
      readonly at: number;
      readonly notBefore?: number;
      readonly isDown: boolean;
      readonly byRate?: true;
    };

/** What the door of a receiver works with. */
export interface DoorOptions {
  readonly breaker: BreakerOptions;
  /** Asked at every call, so that a reload holds at once. */
  readonly limits: () => ReceiverLimits | undefined;
  readonly clock: Clock;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** Told when a receiver that worked is given a pause, in ms. */
  readonly onDown: (pauseMs: number) => void;
  /** Told when it works again. */
  readonly onUp: () => void;
}

/** An even share for eight receivers that hang at once. */
const defaultConcurrency = 64;

/** The longest that a task stands at a full door before it goes back to the journal, in ms. */
const standingMs = 200;
/** Tasks that came back from the journal wait at least so long before they come again, in ms. */
const shortestWaitMs = 20;
/** How long after a probe began the others come to see what it found, in ms. */
const probeWaitMs = 500;
/** How much the last pause between two calls that end counts in their average. */
const paceWeight = 0.1;
/** What is thought of a receiver's pace before it is known, in ms from one call to the next. */
const presumedPaceMs = 0.1;
/** No call has ended for so long: what was known of the pace does not hold any more, in ms. */
const paceHoldsMs = 1000;

interface Standing {
  /** On the monotonic clock. */
  readonly since: number;
  readonly resolve: (admission: Admission) => void;
}

/**
 * Who may call one receiver: its breaker, its rate and its bound of calls at the same time.
 *
 * When the bound is reached, as many tasks again stand at the door for a moment and are let in as
 * others leave, so that a quick receiver is never idle for want of tasks. The rest go back to the
 * journal, where waiting costs nothing, until a moment spread by how many wait there.
 */
export class ReceiverDoor {
  readonly #options: DoorOptions;
  readonly #breaker: Breaker;
  readonly #rate = new CallRate();
  readonly #spread: Spread;
  #standing: Standing[] = [];
  #isWatched = false;
  #inside = 0;
  /** On the monotonic clock. */
  #lastLeftAt: number;
  /** Ms between two calls that end while others stand at the door. */
  #paceMs = presumedPaceMs;

  constructor(options: DoorOptions) {
    this.#options = options;
    this.#breaker = new Breaker(options.breaker, options.random);
    this.#spread = new Spread(options.random);
    this.#lastLeftAt = options.clock.monotonic();
  }

  /** Nothing is remembered that matters. */
  get isIdle(): boolean {
    const { state } = this.#breaker;
    return this.#inside === 0 && state.kind === 'closed' && state.failures === 0;
  }

  /** What is thought of the receiver now. */
  get breaker(): BreakerState['kind'] {
    return this.#breaker.state.kind;
  }

  /** Calls under way. */
  get calls(): number {
    return this.#inside;
  }

  /** Asks to call the receiver. At once where possible; never rejects. */
  enter(): Admission | Promise<Admission> {
    const limits = this.#options.limits();
    const now = this.#options.clock.now();
    const isFull = this.#inside >= (limits?.concurrency ?? defaultConcurrency);
    if (!isFull || !this.#breaker.admits(now)) return this.#enter(limits, now);
    const room = limits?.concurrency ?? defaultConcurrency;
    return this.#standing.length < room ? this.#stand() : this.#full(now);
  }

  #enter(limits: ReceiverLimits | undefined, now: number): Admission {
    if (!this.#breaker.admits(now)) return this.#down(now);
    const rate = limits?.rate;
    if (rate) {
      const next = this.#rate.nextAt(rate, now);
      if (next > now) {
        const wait = this.#wait(next, now, rate.everyMs / rate.count);
        return { ...wait, notBefore: next, byRate: true };
      }
      this.#rate.add(now);
    }
    return { kind: 'pass', pass: this.#begin() };
  }

  #begin(): Pass {
    const epoch = this.#breaker.begin();
    this.#inside += 1;
    let isInside = true;
    return {
      leave: (verdict) => {
        if (!isInside) return;
        isInside = false;
        this.#leave(epoch, verdict);
      },
    };
  }

  #leave(epoch: number, verdict: Verdict): void {
    const now = this.#options.clock.now();
    this.#inside -= 1;
    const before = this.#breaker.state;
    this.#breaker.end(epoch, verdict, now);
    const after = this.#breaker.state;
    if (before.kind === 'closed' && after.kind === 'open') this.#options.onDown(after.until - now);
    else if (before.kind === 'half-open' && after.kind === 'closed') this.#options.onUp();
    const leftAt = this.#options.clock.monotonic();
    if (this.#standing.length > 0) this.#letIn(now, leftAt - this.#lastLeftAt);
    this.#lastLeftAt = leftAt;
  }

  /** Lets in as many as fit; when the breaker has opened, sends all of them away. */
  #letIn(now: number, gapMs: number): void {
    this.#paceMs += (Math.max(presumedPaceMs, gapMs) - this.#paceMs) * paceWeight;
    const limits = this.#options.limits();
    const bound = limits?.concurrency ?? defaultConcurrency;
    while (this.#inside < bound || !this.#breaker.admits(now)) {
      const next = this.#standing.shift();
      if (!next) break;
      next.resolve(this.#enter(limits, now));
    }
  }

  #stand(): Promise<Admission> {
    if (!this.#isWatched) void this.#watch();
    const since = this.#options.clock.monotonic();
    return new Promise((resolve) => {
      this.#standing.push({ since, resolve });
    });
  }

  /** Sends back to the journal who has stood at the door long enough, until nobody is left. */
  async #watch(): Promise<void> {
    const { clock } = this.#options;
    this.#isWatched = true;
    do {
      await clock.sleep(standingMs / 2);
      const now = clock.monotonic();
      const isTired = ({ since }: Standing) => now - since >= standingMs / 2;
      const tired = this.#standing.filter(isTired);
      this.#standing = this.#standing.slice(tired.length);
      for (const { resolve } of tired) resolve(this.#full(clock.now()));
    } while (this.#standing.length > 0);
    this.#isWatched = false;
  }

  #full(now: number): Admission {
    const isKnown = this.#options.clock.monotonic() - this.#lastLeftAt < paceHoldsMs;
    return this.#wait(now + shortestWaitMs, now, isKnown ? this.#paceMs : undefined);
  }

  #wait(from: number, now: number, everyMs?: number): Extract<Admission, { kind: 'wait' }> {
    return { kind: 'wait', at: this.#spread.next(from, now, everyMs), isDown: false };
  }

  #down(now: number): Admission {
    const { state } = this.#breaker;
    const isOpen = state.kind === 'open';
    const from = isOpen ? state.until : now + probeWaitMs;
    const at = this.#spread.next(from, now);
    return { kind: 'wait', at, ...(isOpen && { notBefore: from }), isDown: true };
  }
}
