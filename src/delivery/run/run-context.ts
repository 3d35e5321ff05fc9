import type { Clock } from '../../core/clock.js';
import type { Claim, Journal } from '../../core/journal.js';
import type { Rule } from '../../core/rule.js';
import type { Speaker } from '../../core/speaker.js';
import type { Task } from '../../core/task.js';
import type { Receivers } from '../receivers/receivers.js';
import type { Sender } from '../send.js';
import type { BotPresence } from './bot-presence.js';
import type { CallLog } from './call-log.js';
import type { ChatTurns } from './chat-turns.js';
import type { FailureNotices } from './failure-notices.js';
import type { Postponed } from './postponed.js';
import type { RunLog } from './run-log.js';
import type { SayPauses } from './say-pauses.js';
import type { WaitNotes } from './wait-notes.js';

/** What every task is run with. */
export interface RunContext {
  readonly journal: Journal;
  /** A rule as it is in force now; `undefined` when it is gone. */
  readonly rules: (name: string) => Rule | undefined;
  /** The mouth of a bot; `undefined` while it is not logged in. */
  readonly speakers: (botId: string) => Speaker | undefined;
  readonly presence: BotPresence;
  readonly sender: Sender;
  readonly receivers: Receivers;
  readonly clock: Clock;
  /** From 0 to below 1. */
  readonly random: () => number;
  readonly log: RunLog;
  readonly logCall: CallLog;
  readonly chats: ChatTurns;
  readonly notices: FailureNotices;
  readonly postponed: Postponed;
  readonly waits: WaitNotes;
  readonly pauses: SayPauses;
  readonly onPause: (rule: string) => void;
  /** The longest that one reply may take to be said, in ms. */
  readonly sayTimeoutMs: number;
  /** The pause after the first failed try to say, doubled after the second, in ms. */
  readonly sayBackoffMs: number;
}

/** One claimed task with its rule as it was when the run began. */
export interface TaskRun {
  readonly claim: Claim;
  readonly task: Task;
  readonly rule: Rule;
  /** When an answer is of no use any more, in ms since 1970. */
  readonly deadline: number;
  /** Aborted when the lease is lost or the runner stops. */
  readonly signal: AbortSignal;
  /** As `HeldLease.confirm`; look at `signal` afterwards. */
  readonly confirm: () => Promise<void>;
  /** Whether the waiting text was said, or tried to be, in this run or an earlier one. */
  readonly waiting: { said: boolean };
}

/** Whether anything of this task is to be said at all. */
export function isSpoken({ task, rule }: Pick<TaskRun, 'task' | 'rule'>): boolean {
  return rule.reply.speak && task.conversation !== undefined;
}
