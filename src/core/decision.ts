import type { Bilingual } from './language.js';
import type { Rule } from './rule.js';

/** One rule that an event set off. */
export interface Match {
  readonly rule: Rule;
  /** The text without what `strip` removes; the event's name for an event that is no message. */
  readonly question: string;
  /** The named groups of a regular expression, with their original characters. */
  readonly groups: Readonly<Record<string, string>>;
}

/** What the rules said of one event: the rules that matched, in file order. */
export interface Decision {
  readonly matches: readonly Match[];
}

/** Why one rule did or did not match an event. */
export interface Explanation {
  readonly rule: string;
  readonly matched: boolean;
  /** The first condition that failed, as the config spells it: `trigger.mention`, `keywords`, … */
  readonly condition?: string;
  /** What the rule wanted, and the value that was seen. */
  readonly text?: Bilingual;
}
