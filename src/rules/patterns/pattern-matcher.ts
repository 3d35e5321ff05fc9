import type { Rule } from '../../core/rule.js';
import { fold } from '../fold.js';
import type { KeywordMatcher, Located } from '../keywords/keyword-matcher.js';
import type { Pattern, PatternMatch } from './pattern.js';
import { requiredTexts } from './required-texts.js';

/** A keyword that is a pattern, and its source as a regular expression. */
export interface PatternKeyword {
  readonly pattern: Pattern;
  readonly source: string;
}

/**
 * The keywords of a rule whose `match` is `regex` or `glob`.
 *
 * With `keywordMode: any` the first listed pattern that matches gives the named groups;
 * with `all` every pattern gives its own, and of equal names the first listed counts.
 */
export function patternMatcher(
  rule: Pick<Rule, 'fold' | 'keywordMode'>,
  keywords: readonly PatternKeyword[],
): KeywordMatcher {
  const all = rule.keywordMode === 'all';
  const required = indexedTexts(rule, keywords);
  return {
    exact: false,
    ...(required && { indexed: { keywords: required, mode: 'contains', needed: 1 } as const }),
    test: (texts) => {
      const stands = ({ pattern }: PatternKeyword) => texts.some((text) => pattern.test(text));
      return all ? keywords.every(stands) : keywords.some(stands);
    },
    locate: (text) => locate(keywords, text, all),
  };
}

function locate(keywords: readonly PatternKeyword[], text: string, all: boolean): Located {
  const found: PatternMatch[] = [];
  for (const { pattern } of keywords) {
    const match = pattern.find(text);
    if (match !== undefined) found.push(match);
    if (match !== undefined && !all) break;
  }
  const groups = found.toReversed().flatMap((match) => Object.entries(match.groups));
  return { spans: found, groups: Object.fromEntries(groups) };
}

/** Of which texts, folded, one stands in every matching text; absent when that cannot be said. */
function indexedTexts(
  rule: Pick<Rule, 'fold' | 'keywordMode'>,
  keywords: readonly PatternKeyword[],
): readonly string[] | undefined {
  const each = keywords.map(({ source }) => {
    const texts = requiredTexts(source)?.map((text) => fold(text, rule.fold));
    return texts?.every((text) => text !== '') ? texts : undefined;
  });
  if (rule.keywordMode === 'all') return each.find((texts) => texts !== undefined);
  const texts: string[] = [];
  for (const required of each) {
    if (required === undefined) return undefined;
    texts.push(...required);
  }
  return texts;
}
