import type { TaskEnd } from './task.js';

/** What an HTTP call came to, by the first digit of its status; `none`: no response came. */
export type StatusClass = '1xx' | '2xx' | '3xx' | '4xx' | '5xx' | 'none';

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
}

/** Counts nothing. */
export const noMetrics: Metrics = {
  heard: () => {},
  matched: () => {},
  accepted: () => {},
  attempted: () => {},
  said: () => {},
  settled: () => {},
};

/** The class of an HTTP status. */
export function statusClass(status: number | undefined): StatusClass {
  const digit = Math.floor((status ?? 0) / 100);
  return digit >= 1 && digit <= 5 ? (`${digit}xx` as StatusClass) : 'none';
}
