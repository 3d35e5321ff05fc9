import { setTimeout as delay } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { type Clock, systemClock } from '../../../src/core/clock.js';
import type { Claim, Journal } from '../../../src/core/journal.js';
import type { Task } from '../../../src/core/task.js';
import type { Retention } from '../../../src/journal/retention.js';
import { manualClock } from '../../support/manual-clock.js';
import { sampleTask } from '../../support/sample-task.js';

/** What every journal under test is made with. */
interface JournalOptions {
  readonly clock: Clock;
  /** Ms. */
  readonly leaseMs: number;
  readonly retention: Required<Retention>;
}

/** A journal to be tested, and what can be done to it from outside. */
interface JournalUnderTest {
  readonly journal: Journal;
  /** Ends the journal as a crash would, and opens what is on its storage. */
  readonly reopen?: () => Promise<Journal>;
  /** Removes the storage; the journal itself is closed before. */
  readonly dispose?: () => Promise<void>;
}

/** Makes one empty journal. */
export type CreateJournal = (options: JournalOptions) => Promise<JournalUnderTest>;

/** What a journal can do, and with it which clauses are tried and how. */
export interface JournalCapabilities {
  /** Its claims cost what those of another journal of this contract do, which measures them. */
  readonly costsAsAnother?: boolean;
  /** `real`: it goes by a clock that tests cannot move, such as a database server's. Default: injected. */
  readonly time?: 'injected' | 'real';
  /** Whether `reopen` is there. Default: false. */
  readonly reopens?: boolean;
}

/** Short enough to wait for in real time. */
export const contractOptions = {
  leaseMs: 300,
  retention: { ageMs: 1200, tasks: 5, textMs: 800, answeredTextMs: 500 },
} as const;

/** A journal and the time it lives in. */
export interface JournalBench {
  journal: Journal;
  now(): number;
  advance(ms: number): Promise<void>;
  /** Sets the clock forwards, or (negative) back, where it is injected. */
  set(ms: number): void;
  /** Crashes the journal; `journal` is the new one afterwards. */
  reopen(): Promise<void>;
}

/** Opens an empty journal on a bench of its own. */
export type OpenBench = () => Promise<JournalBench>;

/** Opens an empty journal that is closed and removed when the test has finished. */
export async function openJournal(
  create: CreateJournal,
  { time = 'injected' }: JournalCapabilities,
): Promise<JournalBench> {
  const clock = time === 'injected' ? manualClock() : undefined;
  const opened = await create({ clock: clock ?? systemClock, ...contractOptions });
  const bench: JournalBench = {
    journal: opened.journal,
    now: () => (clock ?? systemClock).now(),
    advance: (ms) => (clock ? clock.advance(ms) : delay(ms)),
    set: (ms) => {
      if (!clock) throw new Error('The clock of this journal cannot be set');
      clock.set(ms);
    },
    reopen: async () => {
      if (!opened.reopen) throw new Error('This journal cannot be reopened');
      bench.journal = await opened.reopen();
    },
  };
  onTestFinished(async () => {
    await bench.journal.close();
    await opened.dispose?.();
  });
  return bench;
}

/** The bot of `taskOf`. */
export const bot = 'wxid_bot';

/** A task of that id; its lane is `a` unless told otherwise. */
export function taskOf(id: string, task: Partial<Task> = {}): Task {
  return sampleTask({ id, eventId: `event of ${id}`, lane: 'a', botId: bot, ...task });
}

/** The one claim that is to be had now. */
export async function claimOne(journal: Journal): Promise<Claim> {
  const [claim, ...others] = await journal.claim(10, [bot]);
  if (!claim || others.length > 0) throw new Error('Expected exactly one task to claim');
  return claim;
}

/** Claims up to `n` and answers the ids. */
export async function claimIds(
  journal: Journal,
  n = 10,
  bots: readonly string[] = [bot],
): Promise<readonly string[]> {
  const claims = await journal.claim(n, bots);
  return claims.map((claim) => claim.task.id);
}
