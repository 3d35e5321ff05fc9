import type { Trie } from './link-trie.js';
import { slotOf } from './slot.js';

/** Collects keywords in a trie that lies in flat arrays. */
export class TrieBuilder {
  #parents = new Int32Array(1024);
  #units = new Uint16Array(1024);
  #depths = new Int32Array(1024);
  #count = 1;
  /** Open addressing: node numbers by (parent, unit); 0 is free, for the root is nobody's child. */
  #slots = new Int32Array(4096);
  readonly #ends: number[] = [];

  /** Adds a keyword. */
  add(keyword: string): void {
    let node = 0;
    for (let index = 0; index < keyword.length; index += 1) {
      node = this.#child(node, keyword.charCodeAt(index));
    }
    this.#ends.push(node);
  }

  /** The trie of all keywords added. */
  build(): Trie {
    return {
      parents: this.#parents.slice(0, this.#count),
      units: this.#units.slice(0, this.#count),
      depths: this.#depths.slice(0, this.#count),
      ends: this.#ends,
    };
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
