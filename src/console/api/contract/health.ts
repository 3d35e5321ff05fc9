import { z } from 'zod';
import type { Bilingual } from '../../../core/language.js';
import { pageQuery } from './common.js';
import type { TaskState } from './tasks.js';

/** A bot of this program. */
export interface BotRow {
  /** Tells it from others while the program runs; for `POST /bots/:key/self-test`. */
  readonly key: string;
  /** The account's id; absent before its first login. */
  readonly id?: string;
  /** The puppet's name, e.g. `wechaty-puppet-wecom`. */
  readonly platform: string;
  readonly name?: string;
  readonly online: boolean;
  /** Since when, in ms since 1970; absent before the first change. */
  readonly since?: number;
  readonly lastEventAt?: number;
  readonly lastSaidAt?: number;
  /** The newest errors it reported, newest first, at most 5. */
  readonly errors: readonly { readonly at: number; readonly text: Bilingual }[];
  /** The address to enter in the platform's back office; absent for bots without a webhook. */
  readonly webhookUrl?: string;
  /** Present when the address cannot work from outside: why, and what to set. */
  readonly webhookHint?: Bilingual;
  /** Events that could not be kept yet and wait in memory. */
  readonly unkept: number;
  readonly canSelfTest: boolean;
}

/** One check of a self-test. */
export interface SelfTestStep {
  readonly passed: boolean;
  /** It made no sense here, or after what failed before; it counts as passed. */
  readonly skipped?: boolean;
  /** What was checked, and what was seen or is to be done. */
  readonly text: Bilingual;
}

/** `POST /bots/:key/self-test` */
export interface SelfTest {
  readonly passed: boolean;
  readonly steps: readonly SelfTestStep[];
  readonly durationMs: number;
}

/** A receiver that rules call. */
export interface ReceiverRow {
  /** Scheme, host and port. */
  readonly origin: string;
  /** `open`: it steadily fails and is not called; `half-open`: one call tries it. */
  readonly breaker: 'closed' | 'half-open' | 'open';
  /** Calls under way. */
  readonly calls: number;
  /** Over the last hour; absent without a call. */
  readonly p50Ms?: number;
  readonly p95Ms?: number;
  readonly callsLastHour: number;
  readonly failuresLastHour: number;
  /** The names of the rules that call it. */
  readonly rules: readonly string[];
}

/** One of several programs that share a journal. */
export interface InstanceRow {
  /** Where it runs: host and process id. */
  readonly place: string;
  /** Of the program. */
  readonly version: string;
  /** The same for the same rules: during a rolling restart instances may have different ones. */
  readonly rules: string;
  readonly startedAt: number;
  /** `lost`: not heard of for 15 seconds. */
  readonly state: 'running' | 'draining' | 'stopped' | 'lost';
  /** The one that answers this. */
  readonly isSelf: boolean;
}

/** `GET /health`: tasks are those of all instances; bots and receivers as this one sees them. */
export interface HealthOverview {
  /** The instances of the last hour, the oldest first; absent when there is only this program. */
  readonly instances?: readonly InstanceRow[];
  readonly bots: readonly BotRow[];
  readonly receivers: readonly ReceiverRow[];
  /** Absent when the journal does not answer. */
  readonly tasks?: Readonly<Record<TaskState, number>>;
  /** Arrival of the oldest unsettled task. */
  readonly oldestUnsettled?: number;
  readonly rules: number;
  readonly startedAt: number;
}

/** `GET /charts` */
export const chartQuery = z.object({ span: z.enum(['hour', 'day']).default('hour') });
/** `GET /charts` */
export type ChartQuery = z.input<typeof chartQuery>;

/** `GET /charts`: 60 points of a minute, or 96 of a quarter of an hour; the oldest first. */
export interface Charts {
  readonly stepMs: number;
  readonly points: readonly {
    /** Where it begins. */
    readonly at: number;
    readonly messages: number;
    readonly tasks: number;
    /** Tasks that died. */
    readonly failures: number;
    /** From a message's arrival to its answer spoken, in ms; absent when nothing was said. */
    readonly p95Ms?: number;
  }[];
}

/** `GET /directory/:kind`: whom rules may name; `kind` is `contacts`, `rooms` or `tags`. */
export const directoryQuery = z.object({
  ...pageQuery,
  /** In name, alias, topic and id. */
  search: z.string().max(200).exactOptional(),
  /** A bot's id; absent: all bots. */
  bot: z.string().exactOptional(),
});
/** `GET /directory/:kind` */
export type DirectoryQuery = z.input<typeof directoryQuery>;

/** The kinds of `GET /directory/:kind`. */
export type DirectoryKind = 'contacts' | 'rooms' | 'tags';

/** A contact, a room or a tag. */
export interface DirectoryEntry {
  readonly id: string;
  /** The name of a contact or a tag, the topic of a room. */
  readonly name: string;
  readonly alias?: string;
  readonly botId: string;
}

/** `GET /directory/:kind` */
export interface DirectoryPage {
  readonly items: readonly DirectoryEntry[];
  readonly next?: string;
  /** All that the search finds. */
  readonly total: number;
  /** Bots that did not answer, or cannot list this: why. */
  readonly notes: readonly Bilingual[];
}
