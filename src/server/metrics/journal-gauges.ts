import { Gauge, type Registry } from 'prom-client';
import type { JournalStats } from '../../core/journal.js';

const states = ['waiting', 'running', 'answered', 'refused', 'dead', 'dropped', 'unknown'] as const;

/**
 * Adds what the journal holds, asked at every reading. A journal that does not answer leaves the
 * values out: a gap in the graph is truer than a number from before.
 */
export function addJournalGauges(
  registry: Registry,
  stats: () => Promise<JournalStats>,
  now: () => number,
): void {
  const tasks = new Gauge({
    name: 'wechaty_callback_journal_tasks',
    help: 'Tasks in the journal.',
    labelNames: ['state'],
    registers: [registry],
    collect: async () => {
      tasks.reset();
      const found = await stats().catch(() => undefined);
      if (found === undefined) return;
      for (const state of states) tasks.set({ state }, found.counts[state]);
    },
  });
  const oldest = new Gauge({
    name: 'wechaty_callback_journal_oldest_unsettled_seconds',
    help: 'Age of the oldest task that is not settled; 0 when there is none.',
    registers: [registry],
    collect: async () => {
      const found = await stats().catch(() => undefined);
      const since = found?.oldestUnsettled ?? now();
      // Not 0, which would say that all is well.
      oldest.set(found === undefined ? Number.NaN : Math.max(0, now() - since) / 1000);
    },
  });
}
