import type { Puppets } from './puppets.js';

/** How many events of all puppets wait in memory because they could not be kept. */
export function countUnkept(puppets: Puppets): () => number {
  const counts = new Set<() => number>();
  puppets.watch(({ extras: { unkept } }) => {
    if (unkept === undefined) return () => {};
    counts.add(unkept);
    return () => counts.delete(unkept);
  });
  return () => [...counts].reduce((sum, count) => sum + count(), 0);
}
