import type { SearchPlace } from '../../core/rule.js';
import type { CompiledRule } from '../compiled-rule.js';
import { foldingOf } from '../text/folding.js';
import type { IndexedKeywords } from './indexed-keywords.js';
import { KeywordIndex } from './keyword-index.js';

/** Rules whose keywords are tested on the same text, folded the same way. A rule is in a group for each of its places. */
export interface KeywordGroup {
  readonly index: KeywordIndex;
  readonly place: SearchPlace;
  /** Whether that text is the one without mentions; those of a quotation stay. */
  readonly stripsMention: boolean;
}

interface GroupEntries extends Pick<KeywordGroup, 'place' | 'stripsMention'> {
  readonly entries: IndexedKeywords[];
}

/**
 * One index for each set of folds, each place and each way of stripping in use; those with the same folds stand
 * next to each other. `size`: how many rules there are in all.
 */
export function groupKeywords(
  rules: readonly CompiledRule[],
  size: number,
): readonly KeywordGroup[] {
  const groups = new Map<number, GroupEntries>();
  for (const { index, rule, keywords, stripsMention: strips } of rules) {
    if (keywords?.indexed === undefined) continue;
    for (const place of new Set(rule.searchIn)) {
      const stripsMention = strips && place === 'text';
      const key = (foldingOf(rule.fold).id * 2 + placeKeys[place]) * 2 + (stripsMention ? 1 : 0);
      const group = groups.get(key) ?? { place, stripsMention, entries: [] };
      group.entries.push({ rule: index, ...keywords.indexed });
      groups.set(key, group);
    }
  }
  return [...groups]
    .toSorted(([a], [b]) => a - b)
    .map(([, { entries, ...group }]) => {
      const folding = foldingOf(
        rules.find(({ index }) => index === entries[0]?.rule)?.rule.fold ?? [],
      );
      return { ...group, index: new KeywordIndex(folding, entries, size) };
    });
}

const placeKeys: Readonly<Record<SearchPlace, number>> = { text: 0, quote: 1 };
