import { slotOf } from './slot.js';

/** The trie that an automaton is made of; node 0 is the root, children have higher numbers. */
export interface Trie {
  readonly parents: Int32Array;
  /** The code unit that leads from the parent to the node. */
  readonly units: Uint16Array;
  readonly depths: Int32Array;
  /** Node numbers, hashed by parent and unit; 0 is free. */
  readonly slots: Int32Array;
  /** 1 where a keyword ends. */
  readonly terminal: Uint8Array;
}

/**
 * An Aho-Corasick automaton: finds all keywords in one pass over a text.
 *
 * A state is a node of the trie: the longest end of the text read so far that begins a keyword.
 * Reading costs the same whatever the number of keywords.
 */
export class Automaton {
  /** How many code units lead to each state. */
  readonly depths: Int32Array;
  /** For each state the longest keyword that ends there, as a node; 0: none. */
  readonly endings: Int32Array;
  /** For each state the next shorter state that is an end of it. */
  readonly #fallbacks: Int32Array;
  readonly #parents: Int32Array;
  readonly #units: Uint16Array;
  readonly #slots: Int32Array;
  readonly #first = new Int32Array(0x1_0000);

  constructor(trie: Trie) {
    this.depths = trie.depths;
    this.#parents = trie.parents;
    this.#units = trie.units;
    this.#slots = trie.slots;
    this.#fallbacks = new Int32Array(trie.parents.length);
    this.endings = new Int32Array(trie.parents.length);
    for (let node = 1; node < trie.parents.length; node += 1) {
      if (trie.parents[node] === 0) this.#first[trie.units[node] as number] = node;
    }
    this.#link(trie.terminal);
  }

  /** How many states there are. */
  get size(): number {
    return this.depths.length;
  }

  /** The state after reading one more code unit; 0 when no keyword begins with the end of the text. */
  next(state: number, unit: number): number {
    let current = state;
    while (current !== 0) {
      const child = this.#child(current, unit);
      if (child !== 0) return child;
      current = this.#fallbacks[current] as number;
    }
    return this.#first[unit] as number;
  }

  /** The longest keyword that is a true end of the keyword at `node`; 0: none. */
  shorter(node: number): number {
    return this.endings[this.#fallbacks[node] as number] as number;
  }

  #child(parent: number, unit: number): number {
    const mask = this.#slots.length - 1;
    let slot = slotOf(parent, unit, this.#slots.length);
    for (;;) {
      const node = this.#slots[slot] as number;
      if (node === 0 || (this.#parents[node] === parent && this.#units[node] === unit)) return node;
      slot = (slot + 1) & mask;
    }
  }

  /** Finds fallbacks and endings, shallow states first: each rests on shallower ones. */
  #link(terminal: Uint8Array): void {
    for (const node of this.#byDepth()) {
      const parent = this.#parents[node] as number;
      const fallback =
        parent === 0
          ? 0
          : this.next(this.#fallbacks[parent] as number, this.#units[node] as number);
      this.#fallbacks[node] = fallback;
      this.endings[node] = terminal[node] === 1 ? node : (this.endings[fallback] as number);
    }
  }

  #byDepth(): Int32Array {
    const { depths } = this;
    const deepest = depths.reduce((most, depth) => Math.max(most, depth), 0);
    const position = new Int32Array(deepest + 2);
    for (let node = 1; node < depths.length; node += 1) {
      const slot = (depths[node] as number) + 1;
      position[slot] = (position[slot] as number) + 1;
    }
    for (let depth = 1; depth < position.length; depth += 1) {
      position[depth] = (position[depth] as number) + (position[depth - 1] as number);
    }
    const order = new Int32Array(depths.length - 1);
    for (let node = 1; node < depths.length; node += 1) {
      const depth = depths[node] as number;
      order[position[depth] as number] = node;
      position[depth] = (position[depth] as number) + 1;
    }
    return order;
  }
}
