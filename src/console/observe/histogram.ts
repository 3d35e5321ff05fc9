/** Each bucket is a tenth wider than the one before, so a percentile is at most a tenth off. */
const growth = Math.log(1.1);
/** Up to some ten hours. */
const buckets = 184;

/** Durations, counted in buckets: small, and several can be added up. */
export class Histogram {
  readonly #counts = new Uint32Array(buckets);
  #total = 0;

  /** How many were added. */
  get total(): number {
    return this.#total;
  }

  add(ms: number): void {
    const bucket = ms <= 1 ? 0 : Math.min(buckets - 1, Math.ceil(Math.log(ms) / growth));
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    this.#total += 1;
  }

  /** Adds all of another one. */
  merge(other: Histogram): void {
    other.#counts.forEach((count, bucket) => {
      this.#counts[bucket] = (this.#counts[bucket] ?? 0) + count;
    });
    this.#total += other.#total;
  }

  /** The duration that a share of all does not exceed, in ms; `undefined` when there are none. */
  quantile(share: number): number | undefined {
    if (this.#total === 0) return undefined;
    let left = Math.ceil(this.#total * share);
    for (let bucket = 0; bucket < buckets; bucket += 1) {
      left -= this.#counts[bucket] ?? 0;
      if (left <= 0) return Math.round(Math.exp(bucket * growth));
    }
    return Math.round(Math.exp((buckets - 1) * growth));
  }
}
