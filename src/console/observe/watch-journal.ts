import type { Claim, Journal } from '../../core/journal.js';
import type { AttemptRecord, Task, TaskEnd } from '../../core/task.js';

/** What is told of tasks, after it took effect. */
export interface TaskNews {
  kept(task: Task): void;
  attempted(task: Task, attempt: AttemptRecord): void;
  /** `parts` more parts of the reply are said; `isFirst`: nothing was said before. */
  said(task: Task, parts: number, isFirst: boolean): void;
  /** `attempts`: calls made so far. */
  postponed(task: Task, dueAt: number, attempts: number, reason?: string): void;
  settled(task: Task, end: TaskEnd, attempts: number, reason?: string): void;
  forgotten(userId: string): void;
  /** Somebody repeated, discarded or resolved these. */
  handled(ids: readonly string[]): void;
}

/** The same journal; whatever goes through it is told. */
export function watchJournal(journal: Journal, news: TaskNews): Journal {
  const watched: Partial<Journal> = {
    ...watchedRuns(journal, news),
    ...watchedCare(journal, news),
  };
  return new Proxy(journal, {
    get: (target, name) => {
      const value: unknown = Reflect.get(watched, name) ?? Reflect.get(target, name);
      // Bound, because a journal may keep its state in private fields.
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

type Runs = Pick<Journal, 'accept' | 'record' | 'settle' | 'retry'>;

function watchedRuns(journal: Journal, news: TaskNews): Runs {
  const { noteSaid, noteAttempt } = notesOf(news);
  return {
    accept: async (tasks) => {
      const accepted = await journal.accept(tasks);
      accepted.forEach(({ kind }, index) => {
        const task = tasks[index];
        if (kind === 'new' && task !== undefined) news.kept(task);
      });
      return accepted;
    },
    record: async (claim, step) => {
      const fenced = await journal.record(claim, step);
      if (fenced === 'stale') return fenced;
      if (step.kind === 'response') noteAttempt(claim, step.attempt);
      if (step.kind === 'said') noteSaid(claim, step.count);
      return fenced;
    },
    settle: async (claim, end, info = {}) => {
      const fenced = await journal.settle(claim, end, info);
      if (fenced === 'stale') return fenced;
      noteAttempt(claim, info.attempt);
      noteSaid(claim, info.said);
      news.settled(claim.task, end, noteAttempt(claim, undefined), info.reason);
      return fenced;
    },
    retry: async (claim, at, info = {}) => {
      const fenced = await journal.retry(claim, at, info);
      if (fenced === 'stale') return fenced;
      noteAttempt(claim, info.attempt);
      if (info.attempt !== undefined) {
        news.postponed(claim.task, at, noteAttempt(claim, undefined), info.attempt.reason);
      }
      return fenced;
    },
  };
}

type Care = Pick<Journal, 'replay' | 'discard' | 'resolve' | 'forget'>;

function watchedCare(journal: Journal, news: TaskNews): Care {
  return {
    replay: async (ids) => {
      const count = await journal.replay(ids);
      if (count > 0) news.handled(ids);
      return count;
    },
    discard: async (ids, how) => {
      const count = await journal.discard(ids, how);
      if (count > 0) news.handled(ids);
      return count;
    },
    resolve: async (ids, as) => {
      const count = await journal.resolve(ids, as);
      if (count > 0) news.handled(ids);
      return count;
    },
    forget: async (userId) => {
      const count = await journal.forget(userId);
      news.forgotten(userId);
      return count;
    },
  };
}

function notesOf(news: TaskNews) {
  // What is said is told as a total for each claim, and so are calls: noted as they grow.
  const said = new WeakMap<Claim, number>();
  const calls = new WeakMap<Claim, number>();
  return {
    noteSaid: (claim: Claim, count: number | undefined) => {
      const before = said.get(claim) ?? claim.said;
      if (count === undefined || count <= before) return;
      said.set(claim, count);
      news.said(claim.task, count - before, before === 0);
    },
    /** Answers how many calls were made so far. */
    noteAttempt: (claim: Claim, attempt: AttemptRecord | undefined): number => {
      const before = calls.get(claim) ?? claim.attempts;
      if (attempt === undefined) return before;
      calls.set(claim, before + 1);
      news.attempted(claim.task, attempt);
      return before + 1;
    },
  };
}
