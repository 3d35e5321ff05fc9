import { Automaton } from './automaton.js';
import { slotOf } from './slot.js';

/** Collects keywords in a trie and turns it into an automaton. Everything lies in flat arrays. */
export class AutomatonBuilder {
  #parents = new Int32Array(1024);
  #units = new Uint16Array(1024);
  #depths = new Int32Array(1024);
  #count = 1;
  /** Open addressing: node numbers by (parent, unit); 0 is free, for the root is nobody's child. */
  #slots = new Int32Array(4096);
  readonly #terminals: number[] = [];

  /** Adds the keyword in `units` from `start` to `end`; the number of the node where it ends. */
  add(units: Uint16Array, start: number, end: number): number {
    let node = 0;
    for (let index = start; index < end; index += 1) {
      node = this.#child(node, units[index] as number);
    }
    this.#terminals.push(node);
    return node;
  }

  /** The automaton of all keywords added. */
  build(): Automaton {
    const count = this.#count;
    const terminal = new Uint8Array(count);
    for (const node of this.#terminals) terminal[node] = 1;
    return new Automaton({
      parents: this.#parents.slice(0, count),
      units: this.#units.slice(0, count),
      depths: this.#depths.slice(0, count),
      slots: this.#slots,
      terminal,
    });
  }

  #child(parent: number, unit: number): number {
    let slot = slotOf(parent, unit, this.#slots.length);
    for (;;) {
      const node = this.#slots[slot] as number;
      if (node === 0) return this.#create(parent, unit, slot);
      if (this.#parents[node] === parent && this.#units[node] === unit) return node;
      slot = (slot + 1) & (this.#slots.length - 1);
    }
  }

  #create(parent: number, unit: number, slot: number): number {
    const node = this.#count;
    if (node === this.#parents.length) this.#growNodes();
    this.#parents[node] = parent;
    this.#units[node] = unit;
    this.#depths[node] = (this.#depths[parent] as number) + 1;
    this.#slots[slot] = node;
    this.#count = node + 1;
    if (this.#count * 2 > this.#slots.length) this.#growSlots();
    return node;
  }

  #growNodes(): void {
    const size = this.#parents.length * 2;
    this.#parents = grown(this.#parents, new Int32Array(size));
    this.#units = grown(this.#units, new Uint16Array(size));
    this.#depths = grown(this.#depths, new Int32Array(size));
  }

  #growSlots(): void {
    const size = this.#slots.length * 2;
    const slots = new Int32Array(size);
    for (let node = 1; node < this.#count; node += 1) {
      let slot = slotOf(this.#parents[node] as number, this.#units[node] as number, size);
      while (slots[slot] !== 0) slot = (slot + 1) & (size - 1);
      slots[slot] = node;
    }
    this.#slots = slots;
  }
}

function grown<T extends Int32Array | Uint16Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
