import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Clock, systemClock } from '../core/clock.js';
import type { Claim, Journal } from '../core/journal.js';
import { type Logger, silentLogger } from '../core/logger.js';
import type { Rule } from '../core/rule.js';
import type { Speaker } from '../core/speaker.js';
import type { BreakerOptions } from './receivers/breaker.js';
import type { ReceiverLimits } from './receivers/receiver-door.js';
import { createReceivers } from './receivers/receivers.js';
import { usualConcurrency } from './receivers/runner-concurrency.js';
import { runAsAnswer } from './run/answer-part.js';
import { createFailureNotices } from './run/failure-notices.js';
import { createLeaseKeeper, type LeaseKeeper } from './run/lease-keeper.js';
import { createPostponed } from './run/postponed.js';
import { runClaim } from './run/run-claim.js';
import type { RunContext } from './run/run-context.js';
import { createRunLog } from './run/run-log.js';
import { tellComplete } from './run/tell-complete.js';
import type { Sender } from './send.js';

/** What a runner works with. */
export interface RunnerOptions {
  readonly journal: Journal;
  /** A rule as it is in force now; `undefined` when it is gone. Asked at every attempt. */
  readonly rules: (name: string) => Rule | undefined;
  /** The mouth of a bot; `undefined` while it is not logged in. */
  readonly speakers: (botId: string) => Speaker | undefined;
  /** The bots whose tasks may run: those that are logged in. */
  readonly bots: () => readonly string[];
  readonly sender: Sender;
  /** Default: the machine's clock. */
  readonly clock?: Clock;
  /** From 0 to below 1. Default: `Math.random`. */
  readonly random?: () => number;
  /** Default: silent. */
  readonly logger?: Logger;
  /** Told when a receiver is gone for good (410): its rule rests. Default: nothing. */
  readonly onPause?: (rule: string) => void;
  /**
   * Tasks that run at the same time. Default: 512, so that it takes eight receivers that hang, at
   * their default of 64 calls, to keep the others waiting.
   */
  readonly concurrency?: number;
  /** The limits of a receiver, by its origin, in force now. Default: none of its own. */
  readonly limits?: (origin: string) => ReceiverLimits | undefined;
  /** When a receiver counts as down. Default: after five failures in a row. */
  readonly breaker?: BreakerOptions;
  /** Names this runner in the log. Default: none. */
  readonly owner?: string;
  /** The longest that one reply may take to be said, in ms. Default: 120,000. */
  readonly sayTimeoutMs?: number;
}

/** Runs the tasks of a journal until it is drained. */
export interface Runner {
  /** Begins to claim and run tasks. */
  start(): void;
  /** Looks for tasks at once, for instance because a bot has logged in. */
  wake(): void;
  /**
   * Claims nothing more, waits up to `timeoutMs` for what runs, then calls it off: calls are given
   * back uncounted, a reply being said is waited for a few seconds longer. Never rejects.
   */
  drain(timeoutMs: number): Promise<void>;
}

/** A look now and then, should a wake-up have been missed. */
const lookEveryMs = 5000;
/** To begin a call takes a part of a millisecond; thousands at once would stop everything else. */
const maxClaims = 32;
/** After a failure of the journal. */
const failurePauseMs = 1000;
/** For a reply that is just being said when everything else is called off. */
const lastWordsMs = 5000;

/** Creates a runner; it does nothing before `start`. */
export function createRunner(options: RunnerOptions): Runner {
  return new TaskRunner(options);
}

class TaskRunner implements Runner {
  readonly #context: RunContext;
  readonly #bots: () => readonly string[];
  readonly #concurrency: number;
  readonly #leases: LeaseKeeper;
  readonly #running = new Set<Promise<void>>();
  readonly #stopping = new AbortController();
  #stopListening: () => void = () => {};
  #claiming: Promise<void> | undefined;
  #isWoken = false;

  constructor(options: RunnerOptions) {
    const { journal, clock = systemClock } = options;
    this.#context = contextOf(options, clock);
    this.#bots = options.bots;
    this.#concurrency = options.concurrency ?? usualConcurrency;
    this.#leases = createLeaseKeeper(journal, clock, this.#context.log);
  }

  start(): void {
    this.#stopListening = this.#context.journal.onWork(() => this.wake());
    void this.#lookNowAndThen();
    this.wake();
  }

  wake(): void {
    this.#isWoken = true;
    this.#claiming ??= this.#claimAll();
  }

  async drain(timeoutMs: number): Promise<void> {
    this.#stopListening();
    this.#stopping.abort();
    const done = this.#allDone();
    if (await this.#isWithin(done, timeoutMs)) return;
    this.#leases.abortAll();
    await this.#isWithin(done, lastWordsMs);
  }

  async #lookNowAndThen(): Promise<void> {
    const { clock } = this.#context;
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      this.wake();
      await clock.sleep(lookEveryMs, signal, { ref: false }).catch(() => {});
    }
  }

  /** Claims until nothing is left or everything is busy. One at a time; never rejects. */
  async #claimAll(): Promise<void> {
    const { clock, log } = this.#context;
    const { signal } = this.#stopping;
    while (this.#isWoken && !signal.aborted) {
      this.#isWoken = false;
      try {
        await this.#claimSome();
      } catch (error) {
        if (!signal.aborted) log.journalFailed(error);
        this.#isWoken = true;
        await clock.sleep(failurePauseMs, signal, { ref: false }).catch(() => {});
      }
    }
    this.#claiming = undefined;
  }

  async #claimSome(): Promise<void> {
    const free = this.#concurrency - this.#running.size;
    if (free <= 0) return;
    const wanted = Math.min(free, maxClaims);
    const claims = await this.#context.journal.claim(wanted, this.#bots());
    for (const claim of claims) this.#begin(claim);
    if (claims.length < wanted) return;
    // As many as asked for: there may be more. What ends meanwhile wakes by itself.
    this.#isWoken = true;
    // What came over the network is looked at in between.
    await nextTurn();
  }

  #begin(claim: Claim): void {
    const lease = this.#leases.hold(claim);
    const running = this.#run(claim, lease.signal).finally(() => {
      lease.release();
      this.#running.delete(running);
      this.wake();
    });
    this.#running.add(running);
  }

  /** Never rejects: a defect in one task ends that task, not the runner. */
  async #run(claim: Claim, signal: AbortSignal): Promise<void> {
    const { journal, clock, log } = this.#context;
    try {
      const end = this.#stopping.signal.aborted
        ? await journal.retry(claim, clock.now())
        : await runAsAnswer(claim, () => runClaim(this.#context, claim, signal));
      if (end === 'stale') log.stale(claim.task);
    } catch (error) {
      log.broken(claim.task, error);
      await journal
        .settle(claim, 'dead', { reason: 'internal' })
        .catch((failure: unknown) => log.journalFailed(failure));
    }
  }

  async #allDone(): Promise<void> {
    await this.#claiming;
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  async #isWithin(done: Promise<void>, ms: number): Promise<boolean> {
    const enough = new AbortController();
    const late = this.#context.clock.sleep(ms, enough.signal).then(
      () => false,
      () => false,
    );
    const isDone = await Promise.race([done.then(() => true), late]);
    enough.abort();
    return isDone;
  }
}

function contextOf(options: RunnerOptions, clock: Clock): RunContext {
  const { rules, speakers, sender, random = Math.random } = options;
  const log = createRunLog(options.logger ?? silentLogger, options.owner);
  return {
    journal: tellComplete(options.journal, speakers),
    rules,
    speakers,
    sender,
    clock,
    random,
    log,
    receivers: createReceivers({ ...options, clock, random, log }),
    notices: createFailureNotices(),
    postponed: createPostponed(),
    onPause: options.onPause ?? (() => {}),
    sayTimeoutMs: options.sayTimeoutMs ?? 120_000,
  };
}
