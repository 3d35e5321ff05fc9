import type { LateCause } from './lateness.js';
import type { TaskEnd } from './task.js';

/** What an HTTP call came to, by the first digit of its status; `none`: no response came. */
export type StatusClass = '1xx' | '2xx' | '3xx' | '4xx' | '5xx' | 'none';

/** What is thought of one receiver now. */
export interface ReceiverState {
  /** Scheme, host and port. */
  readonly origin: string;
  /** `open`: it steadily fails and is not called; `half-open`: one call tries it. */
  readonly breaker: 'closed' | 'half-open' | 'open';
  /** Calls under way. */
  readonly calls: number;
}

/** Why an event that may have matched was not decided, or its tasks not kept. */
export type DropReason = 'too-old' | 'echo' | 'failed';

/** What kept a rule that matched silent. */
export type Silencer = 'cooldown' | 'limit' | 'pause' | 'loop';

/**
 * What is counted. The labels are names of events and rules, so their number is bounded: never an
 * id, a person or a text. No call throws or waits.
 */
export interface Metrics {
  /** An event reached the rules. */
  heard(event: string): void;
  /** A rule matched an event, whether or not a cooldown or limit then silenced it. */
  matched(rule: string): void;
  /** A new task is kept. */
  accepted(rule: string): void;
  /** One HTTP call has ended, after `durationMs`. */
  attempted(rule: string, status: StatusClass, durationMs: number): void;
  /** `count` further parts of a reply are said. */
  said(rule: string, count: number): void;
  settled(rule: string, end: TaskEnd): void;
  /** The time of a task (`reply.within`) was over before it was answered, or its answer said. */
  late(rule: string, cause: LateCause): void;
  dropped(reason: DropReason): void;
  silenced(rule: string, by: Silencer): void;
  /** A settled task runs again. */
  replayed(rule: string): void;
  /** `count` tasks of one person are deleted, whatever their state was. */
  forgotten(count: number): void;
  /** Old tasks, or the text of them, are deleted. */
  swept(count: number): void;
  /** Keeping new tasks took the journal `durationMs`. */
  keptIn(durationMs: number): void;
  /** A call of the journal failed; `operation` is its name in the `Journal` port. */
  journalFailed(operation: string): void;
}

/** Counts nothing. */
export const noMetrics: Metrics = {
  heard: () => {},
  matched: () => {},
  accepted: () => {},
  attempted: () => {},
  said: () => {},
  settled: () => {},
  late: () => {},
  dropped: () => {},
  silenced: () => {},
  replayed: () => {},
  forgotten: () => {},
  swept: () => {},
  keptIn: () => {},
  journalFailed: () => {},
};

/** The class of an HTTP status. */
export function statusClass(status: number | undefined): StatusClass {
  const digit = Math.floor((status ?? 0) / 100);
  return digit >= 1 && digit <= 5 ? (`${digit}xx` as StatusClass) : 'none';
}
