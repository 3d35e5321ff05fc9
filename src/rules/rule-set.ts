import type { Decision, Explanation } from '../core/decision.js';
import type { BotEvent, EventHead, Need } from '../core/event.js';
import type { Rule } from '../core/rule.js';

/** The rules of a config file, ready to be asked. Asking is pure: same event, same answer. */
export interface RuleSet {
  /** In file order. */
  readonly rules: readonly Rule[];
  /**
   * What must be read of an event before it can be decided; absent when no rule can match it.
   * Cheap enough to be asked for every message. May ask for more than turns out to be wanted, as
   * it does not know the mentions: a room's text with `@` in it may have words before and after a
   * mention that `strip` will join.
   */
  screen(head: EventHead): ReadonlySet<Need> | undefined;
  /**
   * The rules that match, in file order, up to and with the first that says `stop`.
   * Cooldowns and limits are not asked here.
   *
   * With `strip: [mention]` keywords are tested on the text without the mentions (of a room's
   * message; elsewhere nobody is mentioned), so "@bot 订阅" equals 订阅. Something that the
   * screening did not ask for may be left empty in the event: the answer is the same.
   */
  decide(event: BotEvent): Decision;
  /**
   * What every rule, in file order, said of an event, and why. Asks every rule, so it is slow, and
   * it quotes the message: for people who look into their rules, not for logs.
   *
   * @param shown the rule as it is quoted. Default: as it is
   */
  explain(event: BotEvent, shown?: (rule: Rule) => Rule): readonly Explanation[];
}
