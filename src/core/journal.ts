import type {
  AttemptRecord,
  Resolution,
  Task,
  TaskEnd,
  TaskRecord,
  TaskResponse,
  TaskState,
} from './task.js';

/** What became of a task that was handed over. */
export interface Accepted {
  readonly id: string;
  /** `known`: a task of that id was there already; nothing was changed. */
  readonly kind: 'new' | 'known';
}

/** The right to run one task until the lease ends. */
export interface Claim {
  readonly task: Task;
  /** Tells this holder from a later one; a call with an old token answers `stale`. */
  readonly token: string;
  /** When the lease ends unless renewed, in ms since 1970. */
  readonly leaseUntil: number;
  /** HTTP calls made before this claim. */
  readonly attempts: number;
  /** Failed tries to say a reply before this claim. */
  readonly sayFailures: number;
  /** Present when the receiver has answered already: it must not be called again. */
  readonly response?: TaskResponse;
  /** How many of `response.replies` were said. */
  readonly said: number;
  /** Since when the next of them may stand in the chat, in ms since 1970; absent: it does not. */
  readonly unsureAt?: number;
  /** The `reply.waiting` text was said. */
  readonly waitingSaid: boolean;
}

/** The crash-safe middle of a task. */
export type Step =
  /** The receiver answered; kept before the first word is said. */
  | { readonly kind: 'response'; readonly response: TaskResponse; readonly attempt: AttemptRecord }
  /** `count` replies are said. */
  | { readonly kind: 'said'; readonly count: number }
  | { readonly kind: 'waiting-said' };

/** Why a task comes back later: a failed call, a failed try to say, or neither (it only waits). */
export interface RetryInfo {
  readonly attempt?: AttemptRecord;
  readonly sayFailed?: boolean;
  /**
   * Since when the next reply may stand in the chat, in ms since 1970; kept until it is said. Absent:
   * what was kept stays.
   */
  readonly unsureAt?: number | undefined;
}

/** How a task ended. */
export interface SettleInfo {
  readonly attempt?: AttemptRecord;
  /** How many replies were said, where the last of them and the end are kept in one step. */
  readonly said?: number;
  readonly reason?: string;
}

/** How waiting tasks are ended that are not run any more. */
export interface Discarding {
  readonly end: TaskEnd;
  readonly reason: string;
}

/** Somebody discards them. */
export const byHand: Discarding = { end: 'dropped', reason: 'discarded' };

/** `stale`: the lease has gone to somebody else; nothing was changed. */
export type Fenced = 'ok' | 'stale';

/** Which tasks to list, newest first. Absent fields do not narrow. */
export interface TaskQuery {
  readonly states?: readonly TaskState[];
  readonly rule?: string;
  readonly botId?: string;
  readonly conversationId?: string;
  /** Arrived at or after, in ms since 1970. */
  readonly since?: number;
  /** Arrived before, in ms since 1970. */
  readonly until?: number;
  /** Only what is listed behind the task of this id: the next page. Nothing, when it is gone. */
  readonly behind?: string;
  /** At most so many; 100 unless told. */
  readonly limit?: number;
}

/** How much is in the journal. */
export interface JournalStats {
  readonly counts: Readonly<Record<TaskState, number>>;
  /** Arrival of the oldest unsettled task, in ms since 1970. */
  readonly oldestUnsettled?: number;
}

/**
 * Where accepted tasks are kept until they are settled.
 *
 * Every promise resolves only when its effect is as durable as the implementation promises. At
 * least once: only what was in flight runs again. Fenced: `record`, `settle` and `retry` compare
 * the claim's token.
 *
 * Order: at most one claim per lane, and the next task of a lane becomes claimable only when the
 * former is settled, across retries, lost leases and replays. One exception: a task with `holdMs`
 * is passed. A lane is held up from the first `retry` of one of its tasks until one of them is
 * answered or none is left. When it has been held up for the `holdMs` of its first task, and that
 * one was given back and is not due yet, `claim` takes the next in its place. The task that was
 * passed leaves the lane: from then on its `lane` is its id, and it waits for nobody and holds back
 * nobody. What is claimed is never passed, nor is what can be claimed. `replay` puts it back into
 * the lane it came in.
 */
export interface Journal {
  /** Keeps new tasks; a known id is left alone. All or, on failure, none. */
  accept(tasks: readonly Task[]): Promise<readonly Accepted[]>;
  /**
   * Up to `n` heads of free lanes that are due, and takes the lease of each: tasks of these bots,
   * and those that belong to no conversation, since they need nobody's voice.
   */
  claim(n: number, bots: readonly string[]): Promise<readonly Claim[]>;
  /** Prolongs the leases; answers the tokens that are still held, with the new end. */
  renew(claims: readonly Claim[]): Promise<ReadonlyMap<string, number>>;
  record(claim: Claim, step: Step): Promise<Fenced>;
  settle(claim: Claim, end: TaskEnd, info?: SettleInfo): Promise<Fenced>;
  /**
   * Gives the task back, to be claimed again at `at` (ms since 1970). It keeps its lane until it is
   * passed.
   */
  retry(claim: Claim, at: number, info?: RetryInfo): Promise<Fenced>;
  find(query: TaskQuery): Promise<readonly TaskRecord[]>;
  get(id: string): Promise<TaskRecord | undefined>;
  /** The first task of the lane of each of these that stands behind it, by id. */
  blockers(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /**
   * Puts settled tasks at the end of their lanes again, as new arrivals; answers how many. One
   * whose text is deleted already stays as it is.
   */
  replay(ids: readonly string[]): Promise<number>;
  /** Settles waiting tasks, `byHand` unless told otherwise; answers how many. */
  discard(ids: readonly string[], how?: Discarding): Promise<number>;
  /**
   * Goes on with tasks that ended `unknown`; answers how many. `again` and `behind` put a task at the
   * end of its lane as a new arrival that is answered already, unless its text is deleted; `done`
   * makes it answered.
   */
  resolve(ids: readonly string[], as: Resolution): Promise<number>;
  stats(): Promise<JournalStats>;
  /**
   * Deletes everything of one person, and what the store beside this journal holds about them:
   * tasks they set off, tasks of the private chat with them, their cooldowns and limits. Answers
   * how many tasks. Backups, and the copies made before an upgrade, are not touched: delete those
   * yourself.
   */
  forget(userId: string): Promise<number>;
  /** Deletes settled tasks past their retention, and the text of others; answers how many tasks. */
  sweep(): Promise<number>;
  /**
   * Writes a consistent copy into a new file while work goes on.
   *
   * @throws CallbackError `backup-exists` when the file is there already, `backup-failed`,
   *   `journal-not-on-disk` when nothing is kept on a disk
   */
  backup(file: string): Promise<void>;
  /** Calls `wake` whenever there may be something to claim; answers how to stop that. */
  onWork(wake: () => void): () => void;
  /** Refuses new work, waits for what is being written, frees everything. */
  close(): Promise<void>;
}
