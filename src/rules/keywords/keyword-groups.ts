import type { CompiledRule } from '../compiled-rule.js';
import { foldingOf } from '../text/folding.js';
import type { IndexedKeywords } from './indexed-keywords.js';
import { KeywordIndex } from './keyword-index.js';

/** Rules whose keywords are tested on the same text, folded the same way. */
export interface KeywordGroup {
  readonly index: KeywordIndex;
  /** Whether that text is the one without mentions. */
  readonly stripsMention: boolean;
}

/**
 * One index for each set of folds and each way of stripping in use; those with the same folds stand
 * next to each other. `size`: how many rules there are in all.
 */
export function groupKeywords(
  rules: readonly CompiledRule[],
  size: number,
): readonly KeywordGroup[] {
  const groups = new Map<number, { stripsMention: boolean; entries: IndexedKeywords[] }>();
  for (const { index, rule, keywords, stripsMention } of rules) {
    if (keywords?.indexed === undefined) continue;
    const key = foldingOf(rule.fold).id * 2 + (stripsMention ? 1 : 0);
    const group = groups.get(key) ?? { stripsMention, entries: [] };
    group.entries.push({ rule: index, ...keywords.indexed });
    groups.set(key, group);
  }
  return [...groups]
    .toSorted(([a], [b]) => a - b)
    .map(([, { stripsMention, entries }]) => {
      const folding = foldingOf(
        rules.find(({ index }) => index === entries[0]?.rule)?.rule.fold ?? [],
      );
      return { stripsMention, index: new KeywordIndex(folding, entries, size) };
    });
}
