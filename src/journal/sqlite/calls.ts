import type { Accepted, Discarding, Fenced, JournalStats, TaskQuery } from '../../core/journal.js';
import type { Budget, KeptPeriod } from '../../core/store.js';
import type { AttemptRecord, Resolution, TaskEnd } from '../../core/task.js';
import type { TextTimes } from '../retention.js';
import type { ClaimRow, NewTaskRow, RecordRow, StepRow } from '../task-rows.js';
import type { Fault } from './fault.js';

/** Which task, and by what right. */
export interface Held {
  readonly id: string;
  readonly token: string;
}

/** A lease that was given. */
export interface Lease extends Held {
  /** Ms since 1970. */
  readonly until: number;
}

/** Part of a long work: how much was done, and from where to go on; absent when it is over. */
export interface Slice {
  readonly deleted: number;
  readonly next?: number;
}

interface Timed {
  /** Ms since 1970, as the caller sees it: the thread has no clock. */
  readonly now: number;
}

/** Every call that the thread answers: what it is given, and what it answers. */
export interface Calls {
  readonly accept: [Timed & { readonly tasks: readonly NewTaskRow[] }, readonly Accepted[]];
  readonly claim: [
    Timed & { readonly n: number; readonly speakers: readonly string[] },
    readonly ClaimRow[],
  ];
  readonly renew: [Timed & { readonly held: readonly Held[] }, readonly [string, number][]];
  readonly record: [Held & { readonly step: StepRow }, Fenced];
  readonly settle: [Timed & Held & { readonly end: TaskEnd; readonly info: SettleRow }, Fenced];
  readonly retry: [Timed & Held & RetryRow, Fenced];
  readonly find: [Timed & { readonly query: TaskQuery }, readonly RecordRow[]];
  /** Each task that is behind another, and that other one. */
  readonly blockers: [{ readonly ids: readonly string[] }, readonly [string, string][]];
  readonly get: [Timed & { readonly id: string }, RecordRow | undefined];
  readonly replay: [Timed & { readonly ids: readonly string[] }, number];
  readonly discard: [Timed & { readonly ids: readonly string[]; readonly how: Discarding }, number];
  readonly resolve: [Timed & { readonly ids: readonly string[]; readonly as: Resolution }, number];
  readonly stats: [Timed, JournalStats];
  readonly forget: [Timed & { readonly userId: string; readonly from: number }, Slice];
  readonly sweep: [Timed & { readonly ageMs: number; readonly tasks: number }, Slice];
  readonly blank: [Timed & { readonly times: TextTimes }, Slice];
  /** What can be claimed by now, and when that changes. */
  readonly look: [Timed, undefined];
  /** The clock was set by so many ms. */
  readonly shift: [Timed & { readonly by: number }, undefined];
  readonly admit: [
    Timed & { readonly key: string; readonly member: string; readonly budget: Budget },
    boolean,
  ];
  /** The cooldowns and limits of one person. */
  readonly periods: [{ readonly person: string }, readonly KeptPeriod[]];
  /** Forgets the cooldowns and limits of one person. */
  readonly forgive: [{ readonly person: string }, Slice];
  readonly backup: [{ readonly file: string }, undefined];
}

/** When and why a task comes back, as it crosses to the thread. */
export interface RetryRow {
  readonly at: number;
  readonly attempt?: AttemptRecord | undefined;
  readonly sayFailed: boolean;
  readonly unsureAt?: number | undefined;
}

/** How a task ended, as it crosses to the thread. */
export interface SettleRow {
  readonly attempt?: AttemptRecord | undefined;
  readonly said?: number | undefined;
  readonly reason?: string | undefined;
}

/** The name of a call. */
export type CallKind = keyof Calls;

/** One call on its way to the thread. */
export type CallMessage = {
  [Kind in CallKind]: { readonly n: number; readonly kind: Kind; readonly input: Calls[Kind][0] };
}[CallKind];

/** What came of one call. */
export type CallResult =
  | { readonly n: number; readonly value: unknown }
  | { readonly n: number; readonly fault: Fault };

/** What the program tells the thread. */
export type ToThread =
  | { readonly calls: readonly CallMessage[] }
  /** The end; `closed` is set to 1 when the file is closed. */
  | { readonly closed: Int32Array };

/** What the thread tells the program. */
export type FromThread =
  | { readonly opened: true }
  | { readonly failed: Fault }
  | { readonly results: readonly CallResult[]; readonly work: Work };

/** What a group of calls changed for those who look for work. */
export interface Work {
  /** A lane can be claimed. */
  readonly isReady: boolean;
  /** When the next can, in ms since 1970. */
  readonly nextAt?: number;
}

/** How the thread opens its file. */
export interface ThreadOptions {
  /** Absolute. */
  readonly file: string;
  readonly durability: 'full' | 'process';
  readonly leaseMs: number;
  readonly owner: string;
  /** What the program's clock shows, in ms since 1970. */
  readonly now: number;
  /** Those that holders in this process have from a former thread. */
  readonly leases: readonly Lease[];
}
