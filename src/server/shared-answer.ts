/** How long an answer is shared. */
export interface SharingOptions {
  /** An answer is given to all who ask within this time, in ms. Default: 1,000. */
  readonly forMs?: number;
  /**
   * Work that takes long is shared for longer: it takes at most this part of the time. Default: one
   * fiftieth.
   */
  readonly part?: number;
  /** Default: the machine's monotonic clock, in ms. */
  readonly now?: () => number;
}

/**
 * Does `work` for all who ask at about the same time: however many ask, it is done at most once in
 * `forMs`, and one after another. Who asks while it is done waits for it. A failure is shared as well.
 */
export function sharedAnswer<T>(
  work: () => Promise<T>,
  { forMs = 1000, part = 0.02, now = () => performance.now() }: SharingOptions = {},
): () => Promise<T> {
  let answer: Promise<T> | undefined;
  let goodUntil = Infinity;
  const ask = async () => {
    const begin = now();
    try {
      return await work();
    } finally {
      const end = now();
      goodUntil = end + Math.max(forMs, (end - begin) / part);
    }
  };
  return () => {
    if (answer !== undefined && now() < goodUntil) return answer;
    goodUntil = Infinity;
    return (answer = ask());
  };
}
