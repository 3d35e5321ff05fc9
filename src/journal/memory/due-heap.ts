interface Entry<T> {
  readonly item: T;
  readonly at: number;
  /** Items due at the same time leave in the order in which they came. */
  readonly turn: number;
}

/**
 * Items by the time at which they are due: the earliest is at hand, and setting or deleting one
 * costs the logarithm of how many there are. A binary heap that knows where each item stands.
 */
export class DueHeap<T> {
  readonly #entries: Entry<T>[] = [];
  readonly #places = new Map<T, number>();
  #turn = 0;

  /** How many items there are. */
  get size(): number {
    return this.#entries.length;
  }

  /** When the earliest item is due, in ms since 1970; absent when there is none. */
  get firstAt(): number | undefined {
    return this.#entries[0]?.at;
  }

  /** Puts an item in, or moves it to another time. */
  set(item: T, at: number): void {
    this.delete(item);
    this.#turn += 1;
    this.#up({ item, at, turn: this.#turn }, this.#entries.length);
  }

  /** Takes an item out; answers whether it was there. */
  delete(item: T): boolean {
    const place = this.#places.get(item);
    if (place === undefined) return false;
    this.#places.delete(item);
    const last = this.#entries.pop();
    if (last && place < this.#entries.length) this.#up(last, this.#down(last, place));
    return true;
  }

  /** Moves everything to a time later by `ms`, or earlier when it is negative. */
  shift(ms: number): void {
    // The order stays as it is.
    for (const [place, entry] of this.#entries.entries()) {
      this.#entries[place] = { ...entry, at: entry.at + ms };
    }
  }

  /** Takes out everything due at `now` or before, the earliest first. */
  *due(now: number): Generator<T> {
    for (let first = this.#entries[0]; first && first.at <= now; first = this.#entries[0]) {
      this.delete(first.item);
      yield first.item;
    }
  }

  /** Moves the hole at `place` towards the top until `entry` fits in, and puts it there. */
  #up(entry: Entry<T>, place: number): void {
    let hole = place;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      const above = this.#entries[parent];
      if (!above || !isBefore(entry, above)) break;
      this.#put(above, hole);
      hole = parent;
    }
    this.#put(entry, hole);
  }

  /** Moves the hole at `place` down until `entry` fits in; answers where that is. */
  #down(entry: Entry<T>, place: number): number {
    let hole = place;
    for (;;) {
      const left = 2 * hole + 1;
      const child = this.#isBeforeAt(left + 1, left) ? left + 1 : left;
      const below = this.#entries[child];
      if (!below || isBefore(entry, below)) return hole;
      this.#put(below, hole);
      hole = child;
    }
  }

  #isBeforeAt(place: number, other: number): boolean {
    const [one, two] = [this.#entries[place], this.#entries[other]];
    return one !== undefined && two !== undefined && isBefore(one, two);
  }

  #put(entry: Entry<T>, place: number): void {
    this.#entries[place] = entry;
    this.#places.set(entry.item, place);
  }
}

function isBefore<T>(one: Entry<T>, other: Entry<T>): boolean {
  return one.at < other.at || (one.at === other.at && one.turn < other.turn);
}
