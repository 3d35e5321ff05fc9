import type { JournalStats } from '../core/journal.js';

/** How much is in two journals together. */
export function sumOfStats(one: JournalStats, other: JournalStats): JournalStats {
  const { waiting, running, answered, refused, dead, dropped, unknown } = other.counts;
  const oldest = [one, other].flatMap(({ oldestUnsettled = [] }) => oldestUnsettled);
  return {
    counts: {
      waiting: one.counts.waiting + waiting,
      running: one.counts.running + running,
      answered: one.counts.answered + answered,
      refused: one.counts.refused + refused,
      dead: one.counts.dead + dead,
      dropped: one.counts.dropped + dropped,
      unknown: one.counts.unknown + unknown,
    },
    ...(oldest.length > 0 && { oldestUnsettled: Math.min(...oldest) }),
  };
}
