import type { Problem } from '../core/problem.js';
import { type KeyedRule, keysOf } from './lint/covers.js';
import { KeywordOwners } from './lint/keyword-owners.js';
import { whyNeverMatches } from './lint/never-matches.js';
import { overlapsOf } from './lint/overlaps.js';
import { Shadows } from './lint/shadows.js';
import type { RuleSet } from './rule-set.js';

/**
 * Warnings about rules that work, but hardly as meant, in file order:
 *
 * - a rule, or one of its keywords, that is never reached because an earlier rule takes all it
 *   could match and says `stop`;
 * - a keyword that holds a keyword of another rule, so that both rules are called;
 * - a rule whose conditions exclude one another.
 *
 * What is warned of is true; what is not seen may still be wrong. Rules that are switched off are
 * left aside. Takes time about linear in the rules.
 */
export function lintRules(ruleSet: Pick<RuleSet, 'rules'>): readonly Problem[] {
  const live: KeyedRule[] = [];
  ruleSet.rules.forEach((rule, index) => {
    if (rule.enabled) live.push({ index, rule, keys: keysOf(rule) });
  });
  const owners = new KeywordOwners(live);
  const shadows = new Shadows(owners);
  return live.flatMap((keyed) => {
    const { index, rule } = keyed;
    const never = whyNeverMatches(rule).map(
      ({ path, text }): Problem => ({ text, path: ['rules', index, ...path], rule: rule.name }),
    );
    return [...never, ...shadows.of(keyed), ...overlapsOf(keyed, owners)];
  });
}
