import type { Claim, RetryInfo, SettleInfo, Step } from '../../core/journal.js';
import type {
  AttemptRecord,
  Task,
  TaskEnd,
  TaskRecord,
  TaskResponse,
  TaskState,
} from '../../core/task.js';
import { frozenCopy } from './frozen-copy.js';

/**
 * One task and all that happens to it. It changes in place, and hands out frozen snapshots only.
 *
 * A token outlives its lease: a holder that is late may still finish, as long as nobody else has
 * claimed the task. Every other way out of `running` forgets the token.
 */
export class KeptTask {
  #task: Task;
  #state: TaskState = 'waiting';
  #dueAt: number;
  #token: string | undefined;
  #leaseUntil = 0;
  #attempts: AttemptRecord[] = [];
  /** How many of the attempts were made before the last replay. */
  #formerAttempts = 0;
  #sayFailures = 0;
  #response: TaskResponse | undefined;
  #said = 0;
  #unsureAt: number | undefined;
  #waitingSaid = false;
  #reason: string | undefined;
  #settledAt: number | undefined;
  #isBlank = false;
  /** The lane it came in, once it has left that. */
  #formerLane: string | undefined;

  constructor(task: Task, now: number) {
    this.#task = frozenCopy(task);
    this.#dueAt = now;
  }

  get task(): Task {
    return this.#task;
  }

  get state(): TaskState {
    return this.#state;
  }

  /** When it is due, in ms since 1970; meaningful while waiting. */
  get dueAt(): number {
    return this.#dueAt;
  }

  /** Who may record, settle and retry it; absent when it is nobody's. */
  get token(): string | undefined {
    return this.#token;
  }

  /** When it was settled, in ms since 1970; absent when it is not. */
  get settledAt(): number | undefined {
    return this.#settledAt;
  }

  /** Whether its text is deleted. */
  get isBlank(): boolean {
    return this.#isBlank;
  }

  /** Gives it to the holder of `token` until `leaseUntil`, and answers that holder's claim. */
  lease(token: string, leaseUntil: number): Claim {
    this.#state = 'running';
    this.#token = token;
    this.#leaseUntil = leaseUntil;
    return Object.freeze({
      task: this.#task,
      token,
      leaseUntil,
      attempts: this.#attempts.length - this.#formerAttempts,
      sayFailures: this.#sayFailures,
      ...(this.#response && { response: this.#response }),
      said: this.#said,
      ...(this.#unsureAt !== undefined && { unsureAt: this.#unsureAt }),
      waitingSaid: this.#waitingSaid,
    });
  }

  /** The lease has ended: it waits for another holder, or for the late one. */
  lapse(): void {
    this.#state = 'waiting';
    this.#dueAt = this.#leaseUntil;
  }

  /** Keeps a step of the crash-safe middle. */
  record(step: Step): void {
    switch (step.kind) {
      case 'response':
        // A response that grows is kept again and again: it is one call all the while.
        if (this.#response) this.#attempts.pop();
        this.#response = frozenCopy(step.response);
        this.#addAttempt(step.attempt);
        break;
      case 'said':
        this.#said = step.count;
        this.#unsureAt = undefined;
        break;
      case 'waiting-said':
        this.#waitingSaid = true;
        break;
    }
  }

  /** Makes it wait until `at`. */
  retry(at: number, info: RetryInfo): void {
    this.#state = 'waiting';
    this.#token = undefined;
    this.#dueAt = at;
    if (info.sayFailed) this.#sayFailures += 1;
    this.#unsureAt = info.unsureAt ?? this.#unsureAt;
    this.#addAttempt(info.attempt);
  }

  /** Ends it. */
  settle(end: TaskEnd, info: SettleInfo, now: number): void {
    if (info.said !== undefined) this.#said = info.said;
    this.#state = end;
    this.#token = undefined;
    this.#settledAt = now;
    this.#reason = info.reason;
    this.#addAttempt(info.attempt);
  }

  /** Deletes what was said by anybody, and with it the way to run it again; the rest stays. */
  blank(): void {
    const { userId, isSelf } = this.#task.request;
    this.#task = Object.freeze({
      ...this.#task,
      request: Object.freeze({ question: '', userId, isSelf }),
    });
    this.#response = undefined;
    this.#attempts = this.#attempts.map(({ body: _body, ...attempt }) => Object.freeze(attempt));
    this.#isBlank = true;
  }

  /** Makes it go on in a lane of its own: others have passed it. */
  stepAside(): void {
    this.#formerLane ??= this.#task.lane;
    this.#task = Object.freeze({ ...this.#task, lane: this.#task.id });
  }

  /** Makes it a new arrival: of its former life only the attempts are kept, as history. */
  restart(now: number): void {
    this.#arriveAgain(now);
    this.#formerAttempts = this.#attempts.length;
    this.#response = undefined;
    this.#said = 0;
    this.#waitingSaid = false;
  }

  /** Makes it a new arrival that is answered already, and said up to and with `skipped` more. */
  resume(skipped: number, now: number): void {
    this.#arriveAgain(now);
    this.#said += skipped;
  }

  /** All was said after all. */
  approve(): void {
    this.#state = 'answered';
    this.#reason = undefined;
  }

  #arriveAgain(now: number): void {
    const lane = this.#formerLane ?? this.#task.lane;
    this.#task = Object.freeze({ ...this.#task, lane, arrivedAt: now });
    this.#formerLane = undefined;
    this.#state = 'waiting';
    this.#dueAt = now;
    this.#sayFailures = 0;
    this.#unsureAt = undefined;
    this.#reason = undefined;
    this.#settledAt = undefined;
  }

  /** The clock was set by `ms`: what was so long from the former time is as long from `now`. */
  shift(ms: number, now: number): void {
    this.#dueAt += ms;
    this.#leaseUntil += ms;
    if (this.#unsureAt !== undefined) this.#unsureAt += ms;
    const { arrivedAt } = this.#task;
    // Nothing has arrived in time to come.
    if (arrivedAt > now) this.#task = Object.freeze({ ...this.#task, arrivedAt: now });
  }

  /** A frozen snapshot. */
  toRecord(): TaskRecord {
    return Object.freeze({
      task: this.#task,
      state: this.#state,
      dueAt: this.#dueAt,
      attempts: Object.freeze([...this.#attempts]),
      ...(this.#response && { response: this.#response }),
      said: this.#said,
      ...(this.#settledAt === undefined &&
        this.#unsureAt !== undefined && { unsureAt: this.#unsureAt }),
      ...(this.#reason !== undefined && { reason: this.#reason }),
      ...(this.#settledAt !== undefined && { settledAt: this.#settledAt }),
    });
  }

  #addAttempt(attempt: AttemptRecord | undefined): void {
    if (attempt) this.#attempts.push(frozenCopy(attempt));
  }
}
