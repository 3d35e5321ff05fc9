import type { Conversation } from './event.js';
import type { MessagePayload } from './message-payload.js';
import type { Reply } from './reply.js';

/** The earlier message that a message quotes, as receivers get it. What is not known is absent. */
export interface QuotedMessage {
  readonly id?: string;
  /** The id of who said it. */
  readonly userId?: string;
  readonly text?: string;
}

/** What `callback.include` adds to a request about the message. */
export interface TaskMessage {
  /** Absent: nothing is quoted. */
  readonly quoted?: QuotedMessage;
}

/** What a receiver is asked: the body of the POST. */
export interface TaskRequest {
  /** The text without what `strip` removes; the event's name for an event that is no message. */
  readonly question: string;
  readonly userId: string;
  readonly isSelf: boolean;
  readonly variables?: Readonly<Record<string, string>>;
  readonly payload?: MessagePayload;
  /** What the rule's `callback.include` lists; absent when there is nothing of it. */
  readonly message?: TaskMessage;
}

/** One request to be posted for one matched rule. Holds no secret and no URL: those are the rule's. */
export interface Task {
  /** Derived from bot, event and rule, so the same event never makes a second task. The idempotency key. */
  readonly id: string;
  readonly botId: string;
  /** Tasks of one lane run in order, one at a time. */
  readonly lane: string;
  /**
   * For how long it may hold back the later tasks of its lane while it waits, in ms: then they pass.
   * Absent: until it is settled.
   */
  readonly holdMs?: number;
  /** The name of the rule that matched. */
  readonly rule: string;
  readonly event: string;
  readonly eventId: string;
  /** Where the reply goes; absent: nothing is said, and the task needs no bot to run. */
  readonly conversation?: Conversation;
  readonly request: TaskRequest;
  /** When the event reached the bot, in ms since 1970; a replay counts as a new arrival. */
  readonly arrivedAt: number;
  /**
   * When its text is deleted at the latest, once it is settled, in ms since 1970: its sender wants it
   * gone. Absent: as `journal.keep` says.
   */
  readonly textUntil?: number;
}

/** Every state: a task is waiting or running until it is settled as one of the others. */
export const taskStates = [
  'waiting',
  'running',
  'answered',
  'refused',
  'dead',
  'dropped',
  'unknown',
] as const;

/** The state of a task. */
export type TaskState = (typeof taskStates)[number];

/**
 * How a task ended: said (or nothing to say), refused by its receiver (`success: false`), which is
 * no failure, given up, answered too late to be said, or `unknown`: a part of its answer may stand
 * in the chat, and nobody but people can tell.
 */
export type TaskEnd = Exclude<TaskState, 'waiting' | 'running'>;

/**
 * The reason of every task that ended `refused`. Programs from before that was a state, and what
 * reads `--json`, know such a task by it.
 */
export const refusedReason = 'refused';

/**
 * What becomes of a task that ended `unknown`. `again`: the part is said again, then the rest;
 * `behind`: it stands there, and the rest is said; `done`: all is well as it is.
 */
export type Resolution = 'again' | 'behind' | 'done';

/** What the receiver answered, ready to be said part by part. */
export interface TaskResponse {
  /** One platform call each, in order. */
  readonly replies: readonly Reply[];
  /** The receiver's words when it refused (`success: false`). */
  readonly refusal?: string;
  /** The text so far of a response that is still coming in: the receiver is asked again after a crash. */
  readonly growing?: true;
  /** Why the rest of it never came; what there is was shown already. */
  readonly broken?: string;
}

/** One HTTP call of a task, as it is kept. */
export interface AttemptRecord {
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly durationMs: number;
  /** HTTP status, absent when no response came. */
  readonly status?: number;
  /** Why it did not end well; absent when it did. */
  readonly reason?: string;
  /**
   * What the receiver answered, where that was no valid response: the beginning, at most 2,048 bytes
   * of UTF-8, without the rule's secrets and with visible signs for control characters. It may repeat
   * the message, so it is kept and deleted as text is.
   */
  readonly body?: string;
}

/** A task with all that happened to it. */
export interface TaskRecord {
  readonly task: Task;
  readonly state: TaskState;
  /** When it is due next, in ms since 1970; meaningful while waiting. */
  readonly dueAt: number;
  readonly attempts: readonly AttemptRecord[];
  readonly response?: TaskResponse;
  /** How many of `response.replies` were said. */
  readonly said: number;
  /** Since when the next of them may stand in the chat, in ms since 1970; only until it is settled. */
  readonly unsureAt?: number;
  /** Why it is dead, dropped or unknown; `refused` of one that is refused. */
  readonly reason?: string;
  readonly settledAt?: number;
}
