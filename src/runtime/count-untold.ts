import type { Attendance } from './attendance.js';
import type { Puppets } from './puppets.js';

/**
 * How many of the attached bots are accounts whose puppet is not told what was kept: nothing that
 * they hear comes again.
 */
export function countUntold(puppets: Puppets, attendance: Attendance): () => number {
  let told = 0;
  puppets.watch(({ extras }) => {
    if (extras.repeatsById !== true) return () => {};
    told += 1;
    return () => {
      told -= 1;
    };
  });
  return () => Math.max(0, attendance.count().expected - told);
}
