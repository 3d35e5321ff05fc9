import { setImmediate as nextTurn } from 'node:timers/promises';
import { systemClock } from '../core/clock.js';
import { isCallbackError } from '../core/errors.js';
import type { Claim } from '../core/journal.js';
import type { ReceiverState } from '../core/metrics.js';
import type { TaskRecord } from '../core/task.js';
import type { WaitsFor } from '../core/waits-for.js';
import { usualConcurrency } from './receivers/runner-concurrency.js';
import { runAsAnswer } from './run/answer-part.js';
import { createRunContext } from './run/create-run-context.js';
import { type AbsenceOptions, keepEndingAbsent } from './run/end-absent.js';
import { endUnknown } from './run/end-unknown.js';
import { sayAfterDefect } from './run/give-up.js';
import { isWithin } from './run/is-within.js';
import { createLeaseKeeper, type HeldLease, type LeaseKeeper } from './run/lease-keeper.js';
import { runClaim } from './run/run-claim.js';
import type { RunContext } from './run/run-context.js';
import type { RunnerOptions } from './runner-options.js';

/** Runs the tasks of a journal until it is drained. */
export interface Runner {
  /** Begins to claim and run tasks. */
  start(): void;
  /** Looks for tasks at once, for instance because a bot has logged in. */
  wake(): void;
  /** What is thought of each receiver now. */
  receivers(): readonly ReceiverState[];
  /** For what a waiting task waits that is behind no other. */
  waitsFor(record: TaskRecord): WaitsFor;
  /** Whether a task of this bot, or of any, runs here. */
  isRunning(botId?: string): boolean;
  /**
   * Claims nothing more, waits up to `timeoutMs` for what runs, then calls it off: calls are given
   * back uncounted, a reply being said is waited for a few seconds longer. Never rejects.
   */
  drain(timeoutMs: number): Promise<void>;
}

/** A look now and then, should a wake-up have been missed. */
const lookEveryMs = 5000;
/** Asked for at once: each asking waits for the journal's next commit. */
const maxClaims = 64;
/** Begun at once: it takes a part of a millisecond, and thousands would stop everything else. */
const beginsPerTurn = 8;
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
  readonly #absence: AbsenceOptions;
  readonly #leases: LeaseKeeper;
  /** What runs, with its bot. */
  readonly #running = new Map<Promise<void>, string>();
  readonly #stopping = new AbortController();
  #stopListening: () => void = () => {};
  #claiming: Promise<void> | undefined;
  #isWoken = false;

  constructor(options: RunnerOptions) {
    const { journal, clock = systemClock } = options;
    this.#context = createRunContext(options, clock);
    this.#bots = options.bots;
    this.#concurrency = options.concurrency ?? usualConcurrency;
    this.#absence = options.absence ?? {};
    this.#leases = createLeaseKeeper(journal, clock, this.#context.log);
  }

  start(): void {
    this.#stopListening = this.#context.journal.onWork(() => this.wake());
    void this.#lookNowAndThen();
    void keepEndingAbsent(this.#context, this.#absence, this.#stopping.signal);
    this.wake();
  }

  wake(): void {
    this.#context.presence.look();
    this.#isWoken = true;
    this.#claiming ??= this.#claimAll();
  }

  receivers(): readonly ReceiverState[] {
    return this.#context.receivers.states();
  }

  waitsFor({ task, dueAt }: TaskRecord): WaitsFor {
    if (task.conversation && !this.#bots().includes(task.botId)) return { kind: 'bot' };
    const now = this.#context.clock.now();
    const noted = this.#context.waits.get(task.id);
    if (noted && endOf(noted) > now) return noted;
    return dueAt > now ? { kind: 'retry', at: dueAt } : { kind: 'turn' };
  }

  isRunning(botId?: string): boolean {
    if (botId === undefined) return this.#running.size > 0;
    return [...this.#running.values()].includes(botId);
  }

  async drain(timeoutMs: number): Promise<void> {
    this.#stopListening();
    this.#stopping.abort();
    const done = this.#allDone();
    if (await isWithin(this.#context.clock, done, timeoutMs)) return;
    this.#leases.abortAll();
    await isWithin(this.#context.clock, done, lastWordsMs);
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
    // Asked anew after every wait: the process may stand still at any moment.
    while (this.#leases.isOverdue()) await this.#leases.catchUp();
    const claims = await this.#context.journal.claim(wanted, this.#bots());
    for (const [index, claim] of claims.entries()) {
      // What came over the network is looked at in between.
      if (index > 0 && index % beginsPerTurn === 0) await nextTurn();
      this.#begin(claim);
    }
    if (claims.length < wanted) return;
    // As many as asked for: there may be more. What ends meanwhile wakes by itself.
    this.#isWoken = true;
    await nextTurn();
  }

  #begin(claim: Claim): void {
    const lease = this.#leases.hold(claim);
    const running = this.#run(claim, lease).finally(() => {
      lease.release();
      this.#running.delete(running);
      this.wake();
    });
    this.#running.set(running, claim.task.botId);
  }

  /** Never rejects: a defect in one task ends that task, not the runner. */
  async #run(claim: Claim, lease: HeldLease): Promise<void> {
    const { journal, clock, log } = this.#context;
    try {
      const end = this.#stopping.signal.aborted
        ? await journal.retry(claim, clock.now())
        : await runAsAnswer(claim, () => runClaim(this.#context, claim, lease));
      if (end === 'stale') log.stale(claim.task);
    } catch (error) {
      if (isJournalFault(error)) {
        // The task is in order: it is claimed again when its lease has ended.
        log.journalFailed(error);
        return;
      }
      log.broken(claim.task, error);
      await this.#endBroken(claim).catch((failure: unknown) => log.journalFailed(failure));
    }
  }

  async #endBroken(claim: Claim): Promise<void> {
    const { task, unsureAt } = claim;
    if (unsureAt !== undefined) {
      await endUnknown(this.#context, { claim, task });
      return;
    }
    await sayAfterDefect(this.#context, task);
    await this.#context.journal.settle(claim, 'dead', { reason: 'internal' });
  }

  async #allDone(): Promise<void> {
    await this.#claiming;
    while (this.#running.size > 0) await Promise.all(this.#running.keys());
  }
}

function endOf(waitsFor: WaitsFor): number {
  if ('until' in waitsFor) return waitsFor.until;
  return waitsFor.kind === 'retry' ? waitsFor.at : Infinity;
}

function isJournalFault(error: unknown): boolean {
  return isCallbackError(error) && /^(?:journal|postgres)-/u.test(error.code);
}
