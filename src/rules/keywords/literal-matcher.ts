import type { Rule } from '../../core/rule.js';
import type { Span } from '../../core/text/spans.js';
import { fold } from '../fold.js';
import { FoldedText } from '../text/folded-text.js';
import { foldingOf } from '../text/folding.js';
import type { LiteralMode } from './indexed-keywords.js';
import type { KeywordMatcher, Located } from './keyword-matcher.js';

/**
 * The keywords of a rule whose `match` is no pattern. `keywords` are folded, none of them empty.
 *
 * What it locates: with `keywordMode: any` the one keyword that begins first, the longest of those;
 * with `all` the first place of each.
 */
export function literalMatcher(
  rule: Pick<Rule, 'fold' | 'keywordMode' | 'searchIn'>,
  mode: LiteralMode,
  keywords: readonly string[],
): KeywordMatcher {
  const distinct = [...new Set(keywords)];
  const all = rule.keywordMode === 'all';
  // A keyword that is found in two places is counted twice, so the count says nothing then.
  const counts = all && new Set(rule.searchIn).size === 1;
  return {
    exact: counts || !all,
    indexed: { keywords: distinct, mode, needed: counts ? distinct.length : 1 },
    test(texts) {
      const folded = texts.map((text) => fold(text, rule.fold));
      const stands = (keyword: string) =>
        folded.some((text) => findKeyword[mode](text, keyword) >= 0);
      return all ? distinct.every(stands) : distinct.some(stands);
    },
    locate(text) {
      const folded = new FoldedText();
      folded.fold(text, foldingOf(rule.fold), true);
      const spans = findAll(folded, mode, distinct);
      return located(all ? spans : spans.toSorted(byPlace).slice(0, 1));
    },
  };
}

/** Where the keyword stands in the folded text as the mode wants it; -1: nowhere. */
const findKeyword: Record<LiteralMode, (text: string, keyword: string) => number> = {
  contains: (text, keyword) => text.indexOf(keyword),
  equals: (text, keyword) => (text === keyword ? 0 : -1),
  startsWith: (text, keyword) => (text.startsWith(keyword) ? 0 : -1),
  endsWith: (text, keyword) => (text.endsWith(keyword) ? text.length - keyword.length : -1),
};

function findAll(folded: FoldedText, mode: LiteralMode, keywords: readonly string[]): Span[] {
  const text = folded.toString();
  return keywords.flatMap((keyword) => {
    const place = findKeyword[mode](text, keyword);
    if (place < 0) return [];
    const first = folded.start + place;
    const start = folded.origins[first] ?? 0;
    return [{ start, end: folded.originEnd(first + keyword.length - 1) }];
  });
}

function byPlace(a: Span, b: Span): number {
  return a.start - b.start || b.end - a.end;
}

function located(spans: readonly Span[]): Located {
  return { spans, groups: {} };
}
