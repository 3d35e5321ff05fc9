import type { BotEvent } from '../../../src/core/event.js';
import type {
  Claim,
  Fenced,
  Journal,
  RetryInfo,
  SettleInfo,
  Step,
} from '../../../src/core/journal.js';
import type { Store } from '../../../src/core/store.js';
import type { AttemptRecord, Task, TaskEnd, TaskResponse } from '../../../src/core/task.js';
import { createTask } from '../../../src/delivery/create-task.js';
import { askBudgets } from '../../../src/runtime/budgets.js';
import type { LoadedRules } from '../../../src/runtime/load-rules.js';
import type { ManualClock } from '../manual-clock.js';
import type { HeardOnce, Next } from './content.js';

/** Where a story is written to. */
export interface Home {
  readonly journal: Journal;
  readonly store: Store;
}

/** What a story needs. */
export interface BenchParts {
  readonly rules: LoadedRules;
  readonly clock: ManualClock;
}

/** The bots that are logged in while the story is told. */
const bots = ['wxid_bot'];

/** Does what the program does from an event to a settled task, one step after another. */
export class Bench {
  readonly clock: ManualClock;
  readonly heard: HeardOnce[] = [];
  /** What has to come of each task, by its id. */
  readonly next = new Map<string, Next>();
  readonly #rules: LoadedRules;
  #home: Home | undefined;

  constructor({ rules, clock }: BenchParts) {
    this.#rules = rules;
    this.clock = clock;
  }

  get journal(): Journal {
    if (this.#home === undefined) throw new Error('No journal is open.');
    return this.#home.journal;
  }

  /** Goes on in this journal, where what was written before must be found. */
  open(home: Home): void {
    this.#home = home;
  }

  /** Hears an event and keeps its one task; answers `undefined` when a cooldown or a limit silences it. */
  async hear(event: BotEvent, next: Next = 'stays'): Promise<Task | undefined> {
    const { matches } = this.#rules.ruleSet.decide(event);
    const [match] = matches;
    if (match === undefined || matches.length > 1) {
      throw new Error(`${event.id} matches ${matches.length} rules.`);
    }
    if (this.#home === undefined) throw new Error('No journal is open.');
    const verdict = await askBudgets(this.#home.store, match.rule, event);
    const task = verdict.kind === 'through' ? createTask(event, match) : undefined;
    this.heard.push({ event, tasks: task ? [task.id] : [] });
    if (task === undefined) return undefined;
    await this.journal.accept([task]);
    this.next.set(task.id, next);
    await this.clock.advance(40);
    return task;
  }

  /** Hears an event and claims its task, which nothing else competes with. */
  async begin(event: BotEvent, next: Next = 'stays'): Promise<Claim> {
    const task = await this.hear(event, next);
    const claim = await this.claim();
    if (claim.task.id !== task?.id) throw new Error(`${claim.task.eventId} was in the way.`);
    return claim;
  }

  /** The one claim that is to be had now. */
  async claim(): Promise<Claim> {
    const [claim, ...others] = await this.journal.claim(10, bots);
    if (claim === undefined || others.length > 0) throw new Error('Not exactly one claim.');
    await this.clock.advance(5);
    return claim;
  }

  /** One call that took so long. */
  async call(durationMs: number, came: Omit<AttemptRecord, 'startedAt' | 'durationMs'> = {}) {
    const startedAt = this.clock.now();
    await this.clock.advance(durationMs);
    return { startedAt, durationMs, ...came } satisfies AttemptRecord;
  }

  /** A call that fails, the pause, and the next claim. */
  async failed(claim: Claim, came: Parameters<Bench['call']>[1], pauseMs = 1000): Promise<Claim> {
    const attempt = await this.call(180, came);
    return await this.again(claim, pauseMs, { attempt });
  }

  /** A call that is answered; `said` parts of the answer are said. */
  async answered(claim: Claim, response: TaskResponse, said = 0): Promise<void> {
    const attempt = await this.call(320, { status: 200 });
    await this.record(claim, { kind: 'response', response, attempt });
    for (let count = 1; count <= said; count += 1) {
      await this.clock.advance(60);
      await this.record(claim, { kind: 'said', count });
    }
  }

  /** Comes back after a pause. */
  async again(claim: Claim, pauseMs: number, info: RetryInfo): Promise<Claim> {
    await this.retry(claim, this.clock.now() + pauseMs, info);
    await this.clock.advance(pauseMs);
    return await this.claim();
  }

  async record(claim: Claim, step: Step): Promise<void> {
    sure(await this.journal.record(claim, step));
  }

  async retry(claim: Claim, at: number, info: RetryInfo): Promise<void> {
    sure(await this.journal.retry(claim, at, info));
  }

  async settle(claim: Claim, end: TaskEnd, info: SettleInfo): Promise<void> {
    sure(await this.journal.settle(claim, end, info));
  }
}

function sure(fenced: Fenced): void {
  if (fenced !== 'ok') throw new Error('The lease has ended.');
}
