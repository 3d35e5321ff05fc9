interface Link<T> {
  readonly value: T;
  before: Link<T> | undefined;
  after: Link<T> | undefined;
}

/**
 * A set in the order of adding, where the first value, adding and deleting cost the same however
 * many there are, and which can be walked from its end.
 *
 * A `Set` has the order too, but reaching its first value after many deletions walks over the holes.
 */
export class LinkedSet<T> {
  readonly #links = new Map<T, Link<T>>();
  #first: Link<T> | undefined;
  #last: Link<T> | undefined;

  /** How many values there are. */
  get size(): number {
    return this.#links.size;
  }

  /** The value added first. */
  get first(): T | undefined {
    return this.#first?.value;
  }

  /** The value that was added second. */
  get second(): T | undefined {
    return this.#first?.after?.value;
  }

  /** Adds a value at the end; one that is there already keeps its place. */
  add(value: T): void {
    if (this.#links.has(value)) return;
    const link: Link<T> = { value, before: this.#last, after: undefined };
    if (this.#last) this.#last.after = link;
    this.#first ??= link;
    this.#last = link;
    this.#links.set(value, link);
  }

  /** Takes a value out; answers whether it was there. */
  delete(value: T): boolean {
    const link = this.#links.get(value);
    if (!link) return false;
    if (link.before) link.before.after = link.after;
    else this.#first = link.after;
    if (link.after) link.after.before = link.before;
    else this.#last = link.before;
    return this.#links.delete(value);
  }

  /** The values from the one added last to the first. Deleting the current one is fine. */
  *fromLast(): Generator<T> {
    for (let link = this.#last; link; link = link.before) yield link.value;
  }

  /** The values before this one, from its neighbour to the first; none when it is not there. */
  *before(value: T): Generator<T> {
    for (let link = this.#links.get(value)?.before; link; link = link.before) yield link.value;
  }
}
