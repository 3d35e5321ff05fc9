import type { Problem } from '../core/problem.js';
import { type KeyedRule, keysOf } from './lint/covers.js';
import { doubtfulKeywords } from './lint/doubtful-keywords.js';
import { doubtfulNames } from './lint/doubtful-names.js';
import { KeywordOwners } from './lint/keyword-owners.js';
import { whyNeverMatches } from './lint/never-matches.js';
import { overlapsOf } from './lint/overlaps.js';
import { Shadows } from './lint/shadows.js';
import { unfilledVariables } from './lint/unfilled-variables.js';
import type { RuleSet } from './rule-set.js';

/**
 * Warnings about rules that work, but hardly as meant, in file order:
 *
 * - a rule, or one of its keywords, that is never reached because an earlier rule takes all it
 *   could match and says `stop`;
 * - a keyword that holds a keyword of another rule, so that both rules are called;
 * - a rule whose conditions exclude one another;
 * - keywords, people, tags and rooms that are most likely written otherwise than they are read;
 * - `{{variables}}` in addresses that nothing fills.
 *
 * What is warned of is true, though it may be meant; what is not seen may still be wrong. Rules that are switched off are
 * left aside. Takes time about linear in the rules.
 */
export function lintRules(ruleSet: Pick<RuleSet, 'rules'>): readonly Problem[] {
  const own: Problem[] = [];
  const live: KeyedRule[] = [];
  ruleSet.rules.forEach((rule, index) => {
    if (!rule.enabled) return;
    const reasons = whyNeverMatches(rule);
    const doubts = [...doubtfulKeywords(rule), ...doubtfulNames(rule), ...unfilledVariables(rule)];
    for (const { path, text } of [...reasons, ...doubts]) {
      own.push({ text, path: ['rules', index, ...path], rule: rule.name });
    }
    if (reasons.length === 0) live.push({ index, rule, keys: keysOf(rule) });
  });
  const owners = new KeywordOwners(live);
  const shadows = new Shadows(owners);
  const others = live.flatMap((keyed) => {
    const { rule, keywords } = shadows.of(keyed);
    return rule === undefined ? [...keywords, ...overlapsOf(keyed, owners)] : [rule];
  });
  return [...own, ...others].toSorted((a, b) => Number(a.path[1]) - Number(b.path[1]));
}
