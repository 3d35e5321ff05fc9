interface Sized<T> {
  readonly value: T;
  readonly bytes: number;
}

/** Values in the order in which they came, with how much memory they take. */
export class SizedMap<T> {
  readonly #bytesOf: (value: T) => number;
  readonly #kept = new Map<number, Sized<T>>();
  #bytes = 0;

  constructor(bytesOf: (value: T) => number) {
    this.#bytesOf = bytesOf;
  }

  /** What all of them take. */
  get bytes(): number {
    return this.#bytes;
  }

  /** How many there are. */
  get size(): number {
    return this.#kept.size;
  }

  /** The key of the first; `undefined` when there is none. */
  get firstKey(): number | undefined {
    return this.#kept.keys().next().value;
  }

  get(key: number): T | undefined {
    return this.#kept.get(key)?.value;
  }

  /** Puts a value at the end, or in the place of another. */
  set(key: number, value: T): void {
    const bytes = this.#bytesOf(value);
    this.#bytes += bytes - (this.#kept.get(key)?.bytes ?? 0);
    this.#kept.set(key, { value, bytes });
  }

  delete(key: number): void {
    this.#bytes -= this.#kept.get(key)?.bytes ?? 0;
    this.#kept.delete(key);
  }

  /** Oldest first; those that are passed may be deleted meanwhile. */
  *entries(): Generator<[number, T]> {
    for (const [key, { value }] of this.#kept) yield [key, value];
  }
}
