import type { FoldedText } from '../text/folded-text.js';
import type { Folding } from '../text/folding.js';
import type { Automaton } from './automaton.js';
import type { Hits } from './hits.js';
import type { IndexedKeywords } from './indexed-keywords.js';
import { linkTrie } from './link-trie.js';
import { TrieBuilder } from './trie-builder.js';

/** One bit for each way of matching. */
const modes = { contains: 1, startsWith: 2, endsWith: 4, equals: 8 } as const;
const anyMode = 15;
const at = '@'.charCodeAt(0);
const wideAt = '＠'.charCodeAt(0);

/**
 * The keywords of all rules with the same folds, and one automaton over them.
 *
 * A search visits every keyword at most once however often it stands in the text, so it is linear
 * in the text also when thousands of keywords contain one another.
 */
export class KeywordIndex {
  readonly folding: Folding;
  /** The rules in the index. */
  readonly rules: readonly number[];
  readonly #automaton: Automaton;
  /** The rules of the keyword at a node are `#postings` from `#firsts[node]` to the next node's. */
  readonly #firsts: Int32Array;
  readonly #postings: Int32Array;
  readonly #modes: Uint8Array;
  readonly #needed: Int32Array;
  readonly #visited: Int32Array;
  #round = 0;

  /** `size`: how many rules there are in all; `entries` name them by number. */
  constructor(folding: Folding, entries: readonly IndexedKeywords[], size: number) {
    this.folding = folding;
    this.rules = entries.map((entry) => entry.rule);
    this.#modes = new Uint8Array(size);
    this.#needed = new Int32Array(size);
    const builder = new TrieBuilder();
    const owners: number[] = [];
    for (const { rule, keywords, mode, needed } of entries) {
      this.#modes[rule] = modes[mode];
      this.#needed[rule] = needed;
      for (const keyword of new Set(keywords)) {
        builder.add(keyword);
        owners.push(rule);
      }
    }
    this.#automaton = linkTrie(builder.build());
    [this.#firsts, this.#postings] = groupByState(this.#automaton, owners);
    this.#visited = new Int32Array(this.#automaton.size);
  }

  /** Adds the rules whose keywords stand in the text, each where its mode of matching wants them. */
  search(text: FoldedText, hits: Hits): void {
    const automaton = this.#automaton;
    const { endings } = automaton;
    const { units, start, end } = text;
    this.#nextRound();
    let state = 0;
    for (let index = start; index < end; index += 1) {
      state = automaton.next(state, units[index] as number);
      if (automaton.isEnding(state)) this.#visit(endings[state] as number, index + 1 - start, hits);
    }
    this.#visitEnd(endings[state] as number, end - start, hits);
  }

  /**
   * Adds the rules whose keywords stand anywhere in a text that mentions may yet be removed from.
   * True when the removal could also join two parts of the text to some keyword.
   */
  searchAnywhere(text: FoldedText, hits: Hits): boolean {
    const automaton = this.#automaton;
    const round = this.#nextRound();
    let joins = false;
    let state = 0;
    for (let index = text.start; index < text.end; index += 1) {
      const unit = text.units[index] as number;
      if (unit === at || unit === wideAt) {
        joins ||= state !== 0 || isHighSurrogate(text.units[index - 1]);
      }
      state = automaton.next(state, unit);
      let keyword = automaton.endings[state] as number;
      while (keyword !== 0 && this.#visited[keyword] !== round) {
        this.#visited[keyword] = round;
        this.#report(keyword, hits, anyMode);
        keyword = automaton.shorter(keyword);
      }
    }
    return joins;
  }

  /** The keyword at `node` and the shorter ones ending there, after `read` code units of the text. */
  #visit(node: number, read: number, hits: Hits): void {
    let keyword = node;
    while (keyword !== 0 && this.#visited[keyword] !== this.#round) {
      this.#visited[keyword] = this.#round;
      const begins = this.#automaton.depths[keyword] === read;
      this.#report(keyword, hits, modes.contains | (begins ? modes.startsWith : 0));
      keyword = this.#automaton.shorter(keyword);
    }
  }

  /** At the end of the text: the keywords that it ends with. */
  #visitEnd(node: number, length: number, hits: Hits): void {
    let keyword = node;
    while (keyword !== 0) {
      const whole = this.#automaton.depths[keyword] === length;
      this.#report(keyword, hits, modes.endsWith | (whole ? modes.equals : 0));
      keyword = this.#automaton.shorter(keyword);
    }
  }

  /** Adds the rules of one keyword whose way of matching is among `accepted`. */
  #report(keyword: number, hits: Hits, accepted: number): void {
    const last = this.#firsts[keyword + 1] as number;
    for (let index = this.#firsts[keyword] as number; index < last; index += 1) {
      const rule = this.#postings[index] as number;
      if (((this.#modes[rule] as number) & accepted) !== 0)
        hits.add(rule, this.#needed[rule] as number);
    }
  }

  #nextRound(): number {
    this.#round += 1;
    if (this.#round > 0x7fff_fff0) {
      this.#round = 1;
      this.#visited.fill(0);
    }
    return this.#round;
  }
}

/** For each state where its owners begin, and the owners. */
function groupByState(
  { ends, size }: Automaton,
  owners: readonly number[],
): [Int32Array, Int32Array] {
  const firsts = new Int32Array(size + 1);
  for (const state of ends) firsts[state + 1] = (firsts[state + 1] as number) + 1;
  for (let state = 0; state < size; state += 1) {
    firsts[state + 1] = (firsts[state + 1] as number) + (firsts[state] as number);
  }
  const position = firsts.slice();
  const postings = new Int32Array(owners.length);
  owners.forEach((owner, index) => {
    const state = ends[index] as number;
    postings[position[state] as number] = owner;
    position[state] = (position[state] as number) + 1;
  });
  return [firsts, postings];
}

function isHighSurrogate(unit: number | undefined): boolean {
  return unit !== undefined && unit >= 0xd800 && unit <= 0xdbff;
}
