import { slotOf } from './slot.js';

/** Where the parts of a state begin in `nodes`, four numbers a state. */
export const nodeParts = {
  /** The next shorter state that is an end of this one. */
  fallback: 0,
  /** One bit for each `childBit` of a child: most code units are seen to lead nowhere by it. */
  children: 1,
  parent: 2,
  /** The code unit that leads here from the parent, and `endingFlag`. */
  unit: 3,
} as const;

/** Set in `nodeParts.unit` where some keyword ends. */
export const endingFlag = 0x1_0000;

/** The tables of an automaton; state 0 is the root, states that are met often come first. */
export interface AutomatonTables {
  /** See `nodeParts`. What is read together lies together. */
  readonly nodes: Int32Array;
  /** States, hashed by parent and code unit; 0 is free. */
  readonly slots: Int32Array;
  /** The state after each code unit at the root. */
  readonly first: Int32Array;
  /** How many code units lead to each state. */
  readonly depths: Int32Array;
  /** For each state the longest keyword that ends there, as a state; 0: none. */
  readonly endings: Int32Array;
  /** The state at which each keyword ends, in the order in which they were added. */
  readonly ends: Int32Array;
}

/**
 * An Aho-Corasick automaton: finds all keywords in one pass over a text.
 *
 * A state is the longest end of the text read so far that begins a keyword. Reading a text costs
 * the same, and no more than linear time, whatever the number of keywords.
 */
export class Automaton {
  readonly depths: Int32Array;
  readonly endings: Int32Array;
  readonly ends: Int32Array;
  readonly #nodes: Int32Array;
  readonly #slots: Int32Array;
  readonly #first: Int32Array;

  constructor(tables: AutomatonTables) {
    this.depths = tables.depths;
    this.endings = tables.endings;
    this.ends = tables.ends;
    this.#nodes = tables.nodes;
    this.#slots = tables.slots;
    this.#first = tables.first;
  }

  /** How many states there are. */
  get size(): number {
    return this.depths.length;
  }

  /** The state after one more code unit; 0 when no keyword begins with an end of the text. */
  next(state: number, unit: number): number {
    const nodes = this.#nodes;
    const bit = childBit(unit);
    let current = state;
    while (current !== 0) {
      const node = current * 4;
      if (((nodes[node + 1] as number) & bit) !== 0) {
        const child = this.#child(current, unit);
        if (child !== 0) return child;
      }
      current = nodes[node] as number;
    }
    return this.#first[unit] as number;
  }

  /** Whether any keyword ends at the state. */
  isEnding(state: number): boolean {
    return (this.#nodes[state * 4 + 3] as number) >= endingFlag;
  }

  /** The longest keyword that is a true end of the keyword at `state`; 0: none. */
  shorter(state: number): number {
    return this.endings[this.#nodes[state * 4] as number] as number;
  }

  #child(parent: number, unit: number): number {
    const [nodes, slots] = [this.#nodes, this.#slots];
    const mask = slots.length - 1;
    for (let slot = slotOf(parent, unit, slots.length); ; slot = (slot + 1) & mask) {
      const child = slots[slot] as number;
      if (child === 0) return 0;
      const node = child * 4;
      if (nodes[node + 2] === parent && ((nodes[node + 3] as number) & 0xffff) === unit) {
        return child;
      }
    }
  }
}

/** The bit that stands for a code unit in `nodeParts.children`. */
export function childBit(unit: number): number {
  return 1 << (Math.imul(unit, 0x9e37_79b1) >>> 27);
}
