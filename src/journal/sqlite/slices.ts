import type { Slice } from './calls.js';

/** Does one slice after another, so that others get their turn in between; answers the sum. */
export async function sumOfSlices(slice: (from: number) => Promise<Slice>): Promise<number> {
  let sum = 0;
  for (let from: number | undefined = 0; from !== undefined; ) {
    const { deleted, next }: Slice = await slice(from);
    sum += deleted;
    from = next;
  }
  return sum;
}
