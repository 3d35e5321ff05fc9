import type { Span } from '../../core/text/spans.js';
import type { IndexedKeywords } from './indexed-keywords.js';

/** Where a rule's keywords stand in a text. */
export interface Located {
  /** In the unfolded text. */
  readonly spans: readonly Span[];
  /** The named groups of a regular expression. */
  readonly groups: Readonly<Record<string, string>>;
}

/** The keywords of one rule, ready to be tested on a text. */
export interface KeywordMatcher {
  /** Whether the index, when it finds the rule, has told all: `test` need not be asked. */
  readonly exact: boolean;
  /** What every matching text has, for the index; absent where nothing can be said. */
  readonly indexed?: Omit<IndexedKeywords, 'rule'>;
  /** Whether the unfolded texts, of all places that are looked into, match. */
  test(texts: readonly string[]): boolean;
  /** The part of one of those texts that matched; nothing where none of the keywords stands. */
  locate(text: string): Located;
}
