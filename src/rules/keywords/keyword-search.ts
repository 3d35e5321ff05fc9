import { FoldedText } from '../text/folded-text.js';
import type { Folding } from '../text/folding.js';
import { Hits } from './hits.js';
import type { KeywordGroup } from './keyword-groups.js';

/** Searches texts for keywords, using the same memory every time. */
export class KeywordSearch {
  readonly #hits: Hits;
  readonly #folded = new FoldedText();
  /** What `#folded` holds, within one search. */
  #text: string | undefined;
  #folding: Folding | undefined;

  /** `rules`: how many rules there are. */
  constructor(rules: number) {
    this.#hits = new Hits(rules);
  }

  /** The numbers of the rules that the last search found, in no order; valid until the next one. */
  get found(): readonly number[] {
    return this.#hits.found;
  }

  /** Finds the rules whose keywords stand in the text, each in the text it is tested on. */
  decide(groups: readonly KeywordGroup[], text: string, textWithoutMentions: string): void {
    this.#hits.begin();
    for (const { index, stripsMention } of groups) {
      const folded = this.#fold(stripsMention ? textWithoutMentions : text, index.folding);
      index.search(folded, this.#hits);
    }
    this.#text = undefined;
  }

  /**
   * Finds the rules whose keywords may stand in the text once mentions are removed; `stripping`
   * tells whether it may hold one. True when the removal could give any keyword.
   */
  screen(groups: readonly KeywordGroup[], text: string, stripping: boolean): boolean {
    this.#hits.begin();
    let joins = false;
    for (const { index, stripsMention } of groups) {
      const folded = this.#fold(text, index.folding);
      if (stripping && stripsMention) joins = index.searchAnywhere(folded, this.#hits) || joins;
      else index.search(folded, this.#hits);
    }
    this.#text = undefined;
    return joins;
  }

  /** Folds a text once for groups that follow each other and fold it alike. */
  #fold(text: string, folding: Folding): FoldedText {
    if (this.#text !== text || this.#folding !== folding) this.#folded.fold(text, folding);
    this.#text = text;
    this.#folding = folding;
    return this.#folded;
  }
}
