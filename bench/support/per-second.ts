/** How much work is done. */
export interface Amount {
  /** Pieces of work. */
  readonly count: number;
  /** At a time: each begins when another one is done. */
  readonly together: number;
}

/** Does so many pieces of work; answers how many are done in a second. */
export async function perSecond(
  { count, together }: Amount,
  work: () => Promise<unknown>,
): Promise<number> {
  let left = count;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      await work();
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: together }, worker));
  return count / ((performance.now() - start) / 1000);
}
