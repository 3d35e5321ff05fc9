import { byHand, type Claim, type Journal } from '../core/journal.js';
import { lateCauseOf } from '../core/lateness.js';
import { type Metrics, noMetrics, statusClass } from '../core/metrics.js';
import type { AttemptRecord, TaskEnd } from '../core/task.js';
import { isFailure } from './journal-failure.js';

/** The same journal; whatever goes through it, and took effect, is counted. */
export function measureJournal(journal: Journal, metrics: Metrics): Journal {
  if (metrics === noMetrics) return journal;
  const measured: Partial<Journal> = {
    ...measuredRuns(journal, metrics),
    ...measuredCare(journal, metrics),
  };
  return new Proxy(journal, {
    get: (target, name) => {
      const value: unknown = Reflect.get(measured, name) ?? Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      // Bound, because a journal may keep its state in private fields.
      return countingFailures(value.bind(target), () => metrics.journalFailed(String(name)));
    },
  });
}

function countingFailures(call: (...args: unknown[]) => unknown, count: () => void) {
  return (...args: readonly unknown[]) => {
    const result = call(...args);
    if (result instanceof Promise) {
      result.catch((error: unknown) => {
        if (isFailure(error)) count();
      });
    }
    return result;
  };
}

/** What the bot does with tasks. */
function measuredRuns(
  journal: Journal,
  metrics: Metrics,
): Pick<Journal, 'accept' | 'record' | 'settle' | 'retry'> {
  const { noteSaid, noteAttempt } = notesOf(metrics);
  return {
    accept: async (tasks) => {
      const start = performance.now();
      const accepted = await journal.accept(tasks);
      metrics.keptIn(performance.now() - start);
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
      noteEnd(metrics, claim.task.rule, { end, reason: info?.reason });
      return fenced;
    },
    retry: async (claim, at, info) => {
      const fenced = await journal.retry(claim, at, info);
      if (fenced === 'ok') noteAttempt(claim, info?.attempt);
      return fenced;
    },
  };
}

/** What people, and the clock, do with tasks. */
function measuredCare(
  journal: Journal,
  metrics: Metrics,
): Pick<Journal, 'replay' | 'discard' | 'resolve' | 'forget' | 'sweep'> {
  return {
    replay: (ids) =>
      inPages(journal, ids, {
        change: (some) => journal.replay(some),
        note: (rule) => metrics.replayed(rule),
      }),
    discard: (ids, how = byHand) =>
      inPages(journal, ids, {
        change: (some) => journal.discard(some, how),
        note: (rule) => noteEnd(metrics, rule, how),
      }),
    resolve: (ids, as) =>
      inPages(journal, ids, {
        change: (some) => journal.resolve(some, as),
        note: (rule) =>
          as === 'done' ? metrics.settled(rule, 'answered') : metrics.replayed(rule),
      }),
    forget: async (userId) => {
      const count = await journal.forget(userId);
      metrics.forgotten(count);
      return count;
    },
    sweep: async () => {
      const count = await journal.sweep();
      metrics.swept(count);
      return count;
    },
  };
}

/** So many tasks are read at once, with their text: few enough for any memory. */
const pageSize = 100;

interface Change {
  readonly change: (ids: readonly string[]) => Promise<number>;
  /** Told for each task that it took effect on. */
  readonly note: (rule: string) => void;
}

async function inPages(journal: Journal, ids: readonly string[], change: Change): Promise<number> {
  let count = 0;
  for (let start = 0; start < ids.length; start += pageSize) {
    count += await eachOf(journal, ids.slice(start, start + pageSize), change);
  }
  return count;
}

/** The journal tells how many, not which: so it is asked for each, in the order of the ids. */
async function eachOf(
  journal: Journal,
  ids: readonly string[],
  { change, note }: Change,
): Promise<number> {
  const rules = await Promise.all(ids.map(async (id) => (await journal.get(id))?.task.rule));
  // Made in one turn, they are kept together.
  const counts = await Promise.all(ids.map((id) => change([id])));
  counts.forEach((count, index) => {
    const rule = rules[index];
    if (count > 0 && rule !== undefined) note(rule);
  });
  return counts.reduce((sum, count) => sum + count, 0);
}

function noteEnd(
  metrics: Metrics,
  rule: string,
  { end, reason }: { readonly end: TaskEnd; readonly reason: string | undefined },
): void {
  metrics.settled(rule, end);
  const cause = lateCauseOf(reason);
  if (cause !== undefined) metrics.late(rule, cause);
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
