import type { AlertTarget } from '../core/alert.js';
import type { DatabasePlace } from '../core/database-place.js';
import type { MemoryLimits } from '../core/memory-limits.js';
import type { Rule } from '../core/rule.js';
import type { Budget } from '../core/store.js';

/** Where the journal is. Relative files count from the folder of the configuration. */
export type JournalStore =
  | { readonly kind: 'memory' }
  | { readonly kind: 'sqlite'; readonly file: string }
  | ({ readonly kind: 'postgres' } & DatabasePlace);

/** How accepted tasks are kept. */
export interface JournalConfig {
  readonly store: JournalStore;
  /** Where to listen for the work of other instances. Default: where `store` is. */
  readonly listen?: DatabasePlace;
  /** `full` survives a power cut, `process` a crash of the program. */
  readonly durability: 'full' | 'process';
  readonly retention: {
    /** How long settled tasks are kept, in ms. */
    readonly ageMs: number;
    /** How many settled tasks are kept. */
    readonly tasks: number;
    /** How long the text of tasks that were not answered is kept, in ms. */
    readonly textMs: number;
    /** The same of tasks that were answered, in ms. */
    readonly answeredTextMs: number;
  };
}

/** What one receiver is asked to bear; absent: the program's own bounds. */
export interface ReceiverConfig {
  /** Calls at the same time. */
  readonly concurrency?: number;
  readonly rate?: Budget;
}

/** A listener of the HTTP server. */
export interface ServerConfig {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** How the outside reaches the server, without a slash at the end. */
  readonly publicUrl?: string;
  readonly trustProxy: boolean;
  /** Connections at the same time; never more than half of the files that the program may open. */
  readonly maxConnections: number;
}

/** The web console. */
export interface ConsoleConfig {
  readonly enabled: boolean;
  /** Message text is shown one by one, when it is asked for; each time is noted in the log. */
  readonly private: boolean;
  /**
   * How many events are remembered, and for how long, in ms; text no longer than the journal's, and of
   * what no rule wants only with `unmatched`.
   */
  readonly history:
    | false
    | { readonly events: number; readonly ageMs: number; readonly unmatched: boolean };
}

/** The least important lines that are logged. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** Log lines. */
export interface LogConfig {
  readonly level: LogLevel;
  /** Log redacted requests. */
  readonly http: boolean;
}

/** The platforms with an adapter, as `adapters` and platform events spell them. */
export const adapterKeys = ['wecom', 'wecomBot', 'openim', 'wildfire'] as const;

/** The key of a platform under `adapters`. */
export type AdapterKey = (typeof adapterKeys)[number];

/** One adapter as configured; all but its name is checked by the adapter itself. */
export interface AdapterConfig {
  /** Unique among all adapters. Default: the adapter's key. */
  readonly name: string;
  readonly [option: string]: unknown;
}

/** A whole configuration: checked, complete, frozen. Durations are in ms. */
export interface Config {
  /** In file order. */
  readonly rules: readonly Rule[];
  /** A message of a live account that is older on arrival is ignored, in ms. */
  readonly maxAgeMs: number;
  /** How much of one talker in one chat is answered at most; `false`: any number. */
  readonly loopLimit: Budget | false;
  readonly journal: JournalConfig;
  /** By origin, e.g. `http://127.0.0.1:4000`. */
  readonly receivers: Readonly<Record<string, ReceiverConfig>>;
  /** Webhooks and files; without `admin` also console, metrics and health. */
  readonly server: ServerConfig;
  /** Console, metrics and the details of health; absent: on `server`. */
  readonly admin?: ServerConfig;
  /** In file order. */
  readonly alerts: readonly AlertTarget[];
  readonly console: ConsoleConfig;
  readonly metrics: { readonly enabled: boolean };
  readonly memory: MemoryLimits;
  readonly log: LogConfig;
  /** Empty lists for platforms that are not used. */
  readonly adapters: Readonly<Record<AdapterKey, readonly AdapterConfig[]>>;
}
