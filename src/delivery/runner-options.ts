import type { Clock } from '../core/clock.js';
import type { Journal } from '../core/journal.js';
import type { Logger } from '../core/logger.js';
import type { Rule } from '../core/rule.js';
import type { SharedState } from '../core/shared-state.js';
import type { Speaker } from '../core/speaker.js';
import type { BreakerOptions } from './receivers/breaker.js';
import type { ReceiverLimits } from './receivers/receiver-door.js';
import type { CallLog } from './run/call-log.js';
import type { AbsenceOptions } from './run/end-absent.js';
import type { Sender } from './send.js';

/** What a runner works with. */
export interface RunnerOptions {
  readonly journal: Journal;
  /** A rule as it is in force now; `undefined` when it is gone. Asked at every attempt. */
  readonly rules: (name: string) => Rule | undefined;
  /** The mouth of a bot; `undefined` while it is not logged in. */
  readonly speakers: (botId: string) => Speaker | undefined;
  /** The bots whose tasks may run: those that are logged in. */
  readonly bots: () => readonly string[];
  readonly sender: Sender;
  /** Default: the machine's clock. */
  readonly clock?: Clock;
  /** From 0 to below 1. Default: `Math.random`. */
  readonly random?: () => number;
  /** Default: silent. */
  readonly logger?: Logger;
  /** Whether each HTTP call is logged, asked at every call. Default: no. */
  readonly logsCalls?: () => boolean;
  /** Told of each HTTP call that is over, with all that was sent and answered. Default: nothing. */
  readonly onCall?: CallLog;
  /** Called when the breaker of a receiver opens and when it closes again. Default: nothing. */
  readonly onReceiver?: { down(origin: string): void; up(origin: string): void };
  /** Told when a receiver is gone for good (410): its rule rests. Default: nothing. */
  readonly onPause?: (rule: string) => void;
  /**
   * Tasks that run at the same time. Default: 512, so that it takes eight receivers that hang, at
   * their default of 64 calls, to keep the others waiting.
   */
  readonly concurrency?: number;
  /** The limits of a receiver, by its origin, in force now. Default: none of its own. */
  readonly limits?: (origin: string) => ReceiverLimits | undefined;
  /** When a receiver counts as down. Default: after five failures in a row. */
  readonly breaker?: BreakerOptions;
  /** When tasks of bots that are away are ended. Default: once their time is over. */
  readonly absence?: AbsenceOptions;
  /** What other instances see, too: they take turns in each chat. Default: there are none. */
  readonly shared?: SharedState | undefined;
  /** Names this runner in the log. Default: none. */
  readonly owner?: string;
  /** The longest that one reply may take to be said, in ms. Default: 120,000. */
  readonly sayTimeoutMs?: number;
  /** The pause after the first failed try to say, doubled after the second, in ms. Default: 1,000. */
  readonly sayBackoffMs?: number;
}
