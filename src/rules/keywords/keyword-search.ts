import { FoldedText } from '../text/folded-text.js';
import type { Folding } from '../text/folding.js';
import { Hits } from './hits.js';
import type { KeywordGroup } from './keyword-groups.js';
import type { KeywordIndex } from './keyword-index.js';

/** The texts of one message. */
interface SearchedTexts {
  readonly text: string;
  readonly textWithoutMentions: string;
  /** `""`: nothing is looked for there. */
  readonly quoted: string;
}

/** A head on its way to the keywords. */
interface ScreenedTexts {
  readonly text: string;
  /** `""`: nothing is looked for there. */
  readonly quoted: string;
  /** Whether `text` may hold a mention. */
  readonly stripping: boolean;
}

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
  decide(
    groups: readonly KeywordGroup[],
    { text, textWithoutMentions, quoted }: SearchedTexts,
  ): void {
    this.#hits.begin();
    for (const { index, place, stripsMention } of groups) {
      if (place === 'quote') this.#searchQuoted(index, quoted);
      else
        index.search(
          this.#fold(stripsMention ? textWithoutMentions : text, index.folding),
          this.#hits,
        );
    }
    this.#text = undefined;
  }

  /**
   * Finds the rules whose keywords may stand in the text once mentions are removed, or in what is
   * quoted. True when the removal could give any keyword.
   */
  screen(groups: readonly KeywordGroup[], { text, quoted, stripping }: ScreenedTexts): boolean {
    this.#hits.begin();
    let joins = false;
    for (const { index, place, stripsMention } of groups) {
      if (place === 'quote') {
        this.#searchQuoted(index, quoted);
        continue;
      }
      const folded = this.#fold(text, index.folding);
      if (stripping && stripsMention) joins = index.searchAnywhere(folded, this.#hits) || joins;
      else index.search(folded, this.#hits);
    }
    this.#text = undefined;
    return joins;
  }

  #searchQuoted(index: KeywordIndex, quoted: string): void {
    if (quoted !== '') index.search(this.#fold(quoted, index.folding), this.#hits);
  }

  /** Folds a text once for groups that follow each other and fold it alike. */
  #fold(text: string, folding: Folding): FoldedText {
    if (this.#text !== text || this.#folding !== folding) this.#folded.fold(text, folding);
    this.#text = text;
    this.#folding = folding;
    return this.#folded;
  }
}
