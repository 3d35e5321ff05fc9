import type { Explanation } from '../core/decision.js';
import type { Rule } from '../core/rule.js';
import type { CompiledRule } from './compiled-rule.js';
import type { Condition } from './conditions/condition.js';
import { conditions } from './conditions/conditions.js';
import type { EventView } from './event-view.js';

/**
 * Asks every rule and names the first condition that fails. A rule that would match but comes after
 * one that says `stop` fails with the condition `stop`.
 *
 * @param shown the rule as it is quoted. Default: as it is
 */
export function explainRules(
  rules: readonly CompiledRule[],
  view: EventView,
  shown: (rule: Rule) => Rule = (rule) => rule,
): readonly Explanation[] {
  let stoppedBy: string | undefined;
  return rules.map((compiled) => {
    const rule = shown(compiled.rule);
    const { name, stop } = rule;
    const failed = firstFailed(compiled, view);
    if (failed !== undefined) {
      const text = failed.describe({ ...compiled, rule }, view);
      return { rule: name, matched: false, condition: failed.key, text };
    }
    if (stoppedBy !== undefined) return stopped(name, stoppedBy);
    if (stop) stoppedBy = name;
    return { rule: name, matched: true };
  });
}

/** The first of `among` that the event does not meet. */
export function firstFailed(
  compiled: CompiledRule,
  view: EventView,
  among: readonly Condition[] = conditions,
): Condition | undefined {
  return among.find((condition) => !condition.passes(compiled, view));
}

function stopped(rule: string, by: string): Explanation {
  const text = {
    en: `the earlier rule "${by}" matched and says stop`,
    zh: `前面的规则“${by}”已匹配并设置了 stop`,
  };
  return { rule, matched: false, condition: 'stop', text };
}
