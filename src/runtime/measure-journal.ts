import type { Claim, Journal } from '../core/journal.js';
import { type Metrics, noMetrics, statusClass } from '../core/metrics.js';
import type { AttemptRecord } from '../core/task.js';

/** The same journal; whatever goes through it, and took effect, is counted. */
export function measureJournal(journal: Journal, metrics: Metrics): Journal {
  if (metrics === noMetrics) return journal;
  const { noteSaid, noteAttempt } = notesOf(metrics);
  const measured: Pick<Journal, 'accept' | 'record' | 'settle' | 'retry'> = {
    accept: async (tasks) => {
      const accepted = await journal.accept(tasks);
      accepted.forEach(({ kind }, index) => {
        const rule = tasks[index]?.rule;
        if (kind === 'new' && rule !== undefined) metrics.accepted(rule);
      });
      return accepted;
    },
    record: async (claim, step) => {
      const fenced = await journal.record(claim, step);
      if (fenced === 'stale') return fenced;
      if (step.kind === 'response' && !step.response.growing) noteAttempt(claim, step.attempt);
      if (step.kind === 'said') noteSaid(claim, step.count);
      return fenced;
    },
    settle: async (claim, end, info) => {
      const fenced = await journal.settle(claim, end, info);
      if (fenced === 'stale') return fenced;
      noteAttempt(claim, info?.attempt);
      noteSaid(claim, info?.said);
      metrics.settled(claim.task.rule, end);
      return fenced;
    },
    retry: async (claim, at, info) => {
      const fenced = await journal.retry(claim, at, info);
      if (fenced === 'ok') noteAttempt(claim, info?.attempt);
      return fenced;
    },
  };
  return new Proxy(journal, {
    get: (target, name) => {
      const own: unknown = Reflect.get(measured, name);
      if (own !== undefined) return own;
      const value: unknown = Reflect.get(target, name);
      // Bound, because a journal may keep its state in private fields.
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

function notesOf(metrics: Metrics) {
  // What is said is told as a total for each claim, and counted as it grows.
  const said = new WeakMap<Claim, number>();
  return {
    noteSaid: (claim: Claim, count: number | undefined) => {
      const before = said.get(claim) ?? claim.said;
      if (count === undefined || count <= before) return;
      said.set(claim, count);
      metrics.said(claim.task.rule, count - before);
    },
    noteAttempt: ({ task }: Claim, attempt: AttemptRecord | undefined) => {
      if (attempt === undefined) return;
      metrics.attempted(task.rule, statusClass(attempt.status), attempt.durationMs);
    },
  };
}
