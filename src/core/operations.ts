import type { KnownInstance } from './instances.js';
import type { JournalStats } from './journal.js';
import type { PersonalRecord } from './personal-records.js';
import type { Resolution, TaskRecord, TaskState } from './task.js';
import type { WaitsFor } from './waits-for.js';

/** Which tasks somebody wants to see or to repeat. Absent fields do not narrow. */
export interface TaskChoice {
  readonly states?: readonly TaskState[];
  readonly rule?: string;
  /** Arrived at or after, in ms since 1970. */
  readonly since?: number;
}

/** A task in a list: everything but what somebody said. */
export interface TaskSummary {
  readonly id: string;
  readonly state: TaskState;
  readonly rule: string;
  readonly event: string;
  readonly botId: string;
  readonly userId: string;
  readonly conversationId?: string;
  /** In ms since 1970. */
  readonly arrivedAt: number;
  /** When it is due next, in ms since 1970; only while it waits for that moment. */
  readonly dueAt?: number;
  /** For what it waits, as far as it is known. */
  readonly waitsFor?: WaitsFor | undefined;
  readonly settledAt?: number;
  /** HTTP calls made so far. */
  readonly attempts: number;
  /** Why it is dead, dropped, unknown or refused; of a task that waits for a retry, why its last call failed. */
  readonly reason?: string;
}

/** A task with all that happened to it, and what it waits for. */
export interface TaskReport extends TaskRecord {
  readonly waitsFor?: WaitsFor | undefined;
}

/** All that is kept of one person. */
export interface PersonExport {
  readonly userId: string;
  /** Those they set off, and those of the private chat with them, newest first. */
  readonly tasks: readonly TaskRecord[];
  /** Open answers, cards, cooldowns and limits, remembered events. */
  readonly records: readonly PersonalRecord[];
}

/** How much is in the journal, and who works on it. */
export interface ProgramStats extends JournalStats {
  /** The instances of the last hour, the oldest first; absent when there is only this program. */
  readonly instances?: readonly KnownInstance[];
}

/** What an operator may do with the tasks of a journal. All of it may reject with a `CallbackError`. */
export interface Operations {
  /** Newest first; at most `limit`. */
  tasks(choice: TaskChoice, limit: number): Promise<readonly TaskSummary[]>;
  /** A task with all that happened to it; what was said is empty unless `withText`. */
  task(id: string, withText: boolean): Promise<TaskReport | undefined>;
  /** Repeats settled tasks; answers how many. */
  replay(ids: readonly string[]): Promise<number>;
  /** Repeats all settled tasks of a choice, the oldest first; answers how many. */
  replayAll(choice: TaskChoice): Promise<number>;
  /** Drops waiting tasks; answers how many. */
  discard(ids: readonly string[]): Promise<number>;
  /** Goes on with tasks of which nobody knows whether all was said; answers how many. */
  resolve(ids: readonly string[], as: Resolution): Promise<number>;
  /**
   * Deletes every task of one person, waiting ones included, and all else that is kept of the person;
   * answers how many tasks.
   */
  forget(userId: string): Promise<number>;
  /** All that is kept of one person. */
  export(userId: string): Promise<PersonExport>;
  stats(): Promise<ProgramStats>;
  /** Writes a consistent copy of the journal; `file` is absolute. */
  backup(file: string): Promise<void>;
}
