import type { FoldedText } from '../text/folded-text.js';
import type { Folding } from '../text/folding.js';
import type { Automaton } from './automaton.js';
import { AutomatonBuilder } from './automaton-builder.js';
import type { Hits } from './hits.js';
import type { IndexedKeywords } from './indexed-keywords.js';

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
    const builder = new AutomatonBuilder();
    const nodes: number[] = [];
    const owners: number[] = [];
    for (const { rule, keywords, mode, needed } of entries) {
      this.#modes[rule] = modes[mode];
      this.#needed[rule] = needed;
      for (const keyword of new Set(keywords)) {
        nodes.push(addKeyword(builder, keyword));
        owners.push(rule);
      }
    }
    this.#automaton = builder.build();
    [this.#firsts, this.#postings] = groupByNode(nodes, owners, this.#automaton.size);
    this.#visited = new Int32Array(this.#automaton.size);
  }

  /** Adds the rules whose keywords stand in the text, each where its mode of matching wants them. */
  search(text: FoldedText, hits: Hits): void {
    const automaton = this.#automaton;
    const { endings } = automaton;
    const { units, start, end } = text;
    const round = this.#nextRound();
    let state = 0;
    for (let index = start; index < end; index += 1) {
      state = automaton.next(state, units[index] as number);
      const keyword = endings[state] as number;
      if (keyword !== 0 && this.#visited[keyword] !== round) {
        this.#visit(keyword, index + 1 - start, hits);
      }
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

function addKeyword(builder: AutomatonBuilder, keyword: string): number {
  const units = Uint16Array.from({ length: keyword.length }, (_, at_) => keyword.charCodeAt(at_));
  return builder.add(units, 0, units.length);
}

function groupByNode(
  nodes: readonly number[],
  owners: readonly number[],
  size: number,
): [Int32Array, Int32Array] {
  const firsts = new Int32Array(size + 1);
  for (const node of nodes) firsts[node + 1] = (firsts[node + 1] as number) + 1;
  for (let node = 0; node < size; node += 1) {
    firsts[node + 1] = (firsts[node + 1] as number) + (firsts[node] as number);
  }
  const position = firsts.slice();
  const postings = new Int32Array(nodes.length);
  nodes.forEach((node, index) => {
    const slot = position[node] as number;
    postings[slot] = owners[index] as number;
    position[node] = slot + 1;
  });
  return [firsts, postings];
}

function isHighSurrogate(unit: number | undefined): boolean {
  return unit !== undefined && unit >= 0xd800 && unit <= 0xdbff;
}
