import type { AsWritten } from '../config/as-written.js';
import type { Config } from '../config/config.js';
import type { Source } from '../config/source/source.js';
import type { AskedEvent, Explained } from '../core/asked.js';
import type { Clock } from '../core/clock.js';
import type { KnownInstance } from '../core/instances.js';
import type { Journal } from '../core/journal.js';
import type { Bilingual } from '../core/language.js';
import type { Logger } from '../core/logger.js';
import type { ReceiverState } from '../core/metrics.js';
import type { Operations } from '../core/operations.js';
import type { Chat } from '../core/puppet-extras.js';
import type { Rule } from '../core/rule.js';
import type { SharedState } from '../core/shared-state.js';
import type { Task } from '../core/task.js';
import type { WhyWaiting } from '../core/waits-for.js';
import type { RuleSet } from '../rules/rule-set.js';
import type {
  BotRow,
  DirectoryEntry,
  DirectoryKind,
  SelfTest,
  ShownRequest,
  TrialCall,
} from './api/contract.js';
import type { Observer } from './observe/observer.js';
import type { ReasonText } from './observe/task-row.js';

/** Rules that hold, ready to decide. */
export interface CheckedRules {
  readonly config: Config;
  readonly ruleSet: RuleSet;
  /** Hides in texts about them what the environment filled in. */
  readonly asWritten: AsWritten;
}

/** Rules that are asked about, in force or not. */
export interface TriedRules {
  readonly rules: readonly Rule[];
  /** Hides in texts about them what the environment filled in. */
  readonly asWritten: AsWritten;
}

/** The rules in force, and the file they come from. */
export interface RulesPort {
  /** Absolute; absent when the rules were handed over in code. */
  readonly file?: string;
  config(): Config;
  ruleSet(): RuleSet;
  /** The configuration in force as it was written, `${NAME}` not filled in. */
  written(): unknown;
  /** Hides in texts about the rules in force what the environment filled in. */
  asWritten(): AsWritten;
  /** It rests until the rules change: its receiver answered 410. */
  isResting(rule: string): boolean;
  /**
   * Checks what was read from a text, as if it had been read from the file.
   *
   * @throws ProblemsError
   */
  check(read: Source): Promise<CheckedRules>;
  /** Told whenever rules come into force; answers how to end it. */
  onChange(told: () => void): () => void;
}

/** What somebody asks about by hand. */
export interface TrialPort {
  /** Asks the rules as `explain` does, the environment hidden; chance does not count. */
  explain(tried: TriedRules, asked: AskedEvent): Explained;
  /**
   * Really calls the receiver of a rule that matches, named as `explain` names it; `undefined` when it
   * does not match.
   */
  call(tried: TriedRules, rule: string, asked: AskedEvent): Promise<TrialCall | undefined>;
  /**
   * What a call of this task would send now, secrets and environment hidden; `undefined` when it
   * cannot be made.
   */
  request(task: Task, rule: Rule, asWritten: AsWritten): ShownRequest | undefined;
}

/** The bots of this program. */
export interface BotsPort {
  list(): readonly BotRow[];
  /** `undefined` when there is no such bot, or it cannot. */
  selfTest(key: string): Promise<SelfTest | undefined>;
  /** The bot that can be talked to from here. */
  chat(): Chat | undefined;
  /** Everybody and everything of a kind that the bots know, and which bot could not say. */
  directory(
    kind: DirectoryKind,
  ): Promise<{ readonly entries: readonly DirectoryEntry[]; readonly notes: readonly Bilingual[] }>;
}

/** All that the console sees of the program: nothing goes by these. */
export interface ConsolePorts {
  /** Of this program. */
  readonly version: string;
  /** In ms since 1970. */
  readonly startedAt: number;
  /** What relative paths count from, absolute; the password is kept there in `.wechaty`. */
  readonly directory: string;
  /** What to type for another password, as the program was started. */
  readonly passwordCommand: string;
  readonly rules: RulesPort;
  readonly trial: TrialPort;
  readonly bots: BotsPort;
  readonly receivers: () => readonly ReceiverState[];
  readonly journal: Pick<Journal, 'find' | 'get' | 'stats'>;
  readonly whyWaiting: WhyWaiting;
  readonly operations: Pick<Operations, 'replay' | 'discard' | 'resolve'>;
  /** What all instances have in common, logins among it; of one that is alone, its own. */
  readonly state: SharedState;
  /** All instances of the program, the oldest first; absent: there is only this one. */
  readonly instances?: () => Promise<readonly KnownInstance[]>;
  /** The name of this instance among them. */
  readonly self?: string;
  readonly observer: Observer;
  readonly reasonText: ReasonText;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Shows something to who started the program, and nowhere else: not in the log. */
  readonly announce: (text: Bilingual) => void;
}
