import type { SearchPlace } from '../../core/rule.js';
import { fold } from '../fold.js';
import { Hits } from '../keywords/hits.js';
import type { IndexedKeywords, LiteralMode } from '../keywords/indexed-keywords.js';
import { KeywordIndex } from '../keywords/keyword-index.js';
import { FoldedText } from '../text/folded-text.js';
import { foldingOf } from '../text/folding.js';
import type { KeyedRule } from './covers.js';

/** Of more rules than this with the very same keyword only the first are looked at. */
const mostOwners = 16;

/** Of more keywords than this inside one keyword only the first found are looked at. */
const mostInside = 16;

/** A keyword, folded, and where it comes from. */
interface Word {
  readonly text: string;
  readonly mode: LiteralMode;
  readonly owners: KeyedRule[];
}

/** A rule that matches whenever some keyword of another rule does, by its own keyword `text`. */
export interface Owner {
  readonly owner: KeyedRule;
  readonly text: string;
}

/** Answers which rules match whenever a given keyword does. Patterns are left aside. */
export class KeywordOwners {
  readonly #words = new Map<string, Word[]>();
  readonly #indexes = new Map<string, KeywordIndex>();
  readonly #hits: Hits;
  readonly #folded = new FoldedText();

  constructor(rules: readonly KeyedRule[]) {
    for (const keyed of rules) this.#add(keyed);
    let most = 0;
    for (const [key, words] of this.#words) {
      const entries = words.map(
        ({ text, mode }, rule): IndexedKeywords => ({ rule, keywords: [text], mode, needed: 1 }),
      );
      const folding = foldingOf(this.#words.get(key)?.[0]?.owners[0]?.rule.fold ?? []);
      this.#indexes.set(key, new KeywordIndex(folding, entries, words.length));
      most = Math.max(most, words.length);
    }
    this.#hits = new Hits(most);
  }

  /** The rules that match every text which `keyed` matches by `keyword`, itself left out. */
  of(keyed: KeyedRule, keyword: string): readonly Owner[] {
    const key = groupOf(keyed, keyed.rule.searchIn.includes('text') ? 'text' : 'quote');
    const mode = literalMode(keyed);
    const index = this.#indexes.get(key);
    if (index === undefined || mode === undefined) return [];
    this.#folded.fold(keyword, foldingOf(keyed.rule.fold));
    this.#hits.begin();
    index.search(this.#folded, this.#hits);
    return this.#hits.found.slice(0, mostInside).flatMap((number) => {
      const word = this.#words.get(key)?.[number];
      if (word === undefined || !implies(mode, word.mode)) return [];
      return word.owners
        .filter((owner) => owner !== keyed && looksWhere(owner, keyed))
        .map((owner) => ({ owner, text: word.text }));
    });
  }

  #add(keyed: KeyedRule): void {
    const mode = literalMode(keyed);
    const { rule } = keyed;
    const texts = new Set(rule.keywords.map((keyword) => fold(keyword, rule.fold)));
    // Of several keywords that are all wanted, one says nothing.
    if (mode === undefined || (rule.keywordMode === 'all' && texts.size > 1)) return;
    for (const place of new Set(keyed.rule.searchIn)) {
      const group = groupOf(keyed, place);
      const words = this.#words.get(group) ?? [];
      this.#words.set(group, words);
      for (const text of texts) {
        const known = this.#known(group, `${mode}:${text}`, words);
        if (known === undefined) words.push({ text, mode, owners: [keyed] });
        else if (known.owners.length < mostOwners) known.owners.push(keyed);
      }
    }
  }

  readonly #places = new Map<string, number>();

  /** The word that was added before; else notes its place. */
  #known(group: string, name: string, words: readonly Word[]): Word | undefined {
    const key = `${group}:${name}`;
    const place = this.#places.get(key);
    if (place === undefined) this.#places.set(key, words.length);
    return place === undefined ? undefined : words[place];
  }
}

/** The way a rule's keywords are compared; absent when it has none, or patterns. */
export function literalMode({ rule }: KeyedRule): LiteralMode | undefined {
  const { match } = rule;
  if (rule.keywords.length === 0) return undefined;
  return match === 'regex' || match === 'glob' ? undefined : match;
}

/** Rules of one group see the same folded text in that place; a quotation keeps its mentions. */
function groupOf({ rule }: KeyedRule, place: SearchPlace): string {
  const strips = place === 'text' && rule.strip.includes('mention');
  return `${foldingOf(rule.fold).id}:${place}:${strips}`;
}

/** Whether the owner looks into every place where the other rule does. */
function looksWhere(owner: KeyedRule, { rule }: KeyedRule): boolean {
  return rule.searchIn.every((place) => owner.rule.searchIn.includes(place));
}

/** Whether a keyword that lies in another one as `inner` wants is in every text with the other. */
function implies(outer: LiteralMode, inner: LiteralMode): boolean {
  return inner === 'contains' || outer === inner || (outer === 'equals' && inner !== 'equals');
}
