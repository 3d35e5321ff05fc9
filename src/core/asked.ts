import type { Explanation, Match } from './decision.js';
import type { Need, Role } from './event.js';
import type { MessageType } from './message-type.js';
import type { Seen } from './seen.js';

/** An event that somebody asks about, checked and complete. */
export interface AskedEvent {
  readonly name: string;
  /** Absent for an event that is no message. */
  readonly message?: {
    readonly type: MessageType;
    readonly text: string;
    /** The text of what it quotes. Absent: what the text itself quotes, if anything. */
    readonly quote?: string;
  };
  readonly room?: string;
  readonly user?: string;
  readonly mention: boolean;
  readonly fromSelf: boolean;
  /** In ms since 1970. */
  readonly at: number;
  readonly roles: readonly Role[];
  /** Whether the roles were given, not assumed. */
  readonly rolesTold: boolean;
  readonly tags: readonly string[];
}

/** What the rules say of an event that somebody asks about. */
export interface Explained {
  /** What they see of it. */
  readonly seen: Seen;
  /** Every rule, in file order. */
  readonly rules: readonly ExplainedRule[];
  /** What rules look at and nobody told. */
  readonly untold: readonly Untold[];
}

/** What one rule says of an event. */
export interface ExplainedRule extends Explanation {
  /** What the receiver would get; absent when the rule does not match. */
  readonly match?: Match;
  /** The probability of the rule when it matches and chance has a say. */
  readonly probability?: number;
  /** What of the rule depends on what happened before, and is therefore not tested. */
  readonly untested: readonly ('cooldown' | 'limit')[];
}

/** What the bot would read by itself, and the command line left out. */
export type Untold = Exclude<Need, 'names'>;
