/**
 * Tasks that come back before their next call is due, only to have the waiting text said.
 * In memory: what a restart forgets is called a little early, which does no harm.
 */
export interface Postponed {
  /** `until` is when the next call is due, on the monotonic clock. */
  set(taskId: string, until: number): void;
  /** When the next call is due, on the monotonic clock; told once. */
  take(taskId: string): number | undefined;
}

/** Tasks that never come back, such as discarded ones, are forgotten beyond this number. */
const maxTasks = 10_000;

/** An empty list. */
export function createPostponed(): Postponed {
  const due = new Map<string, number>();
  return {
    set: (taskId, until) => {
      due.set(taskId, until);
      const [oldest] = due.keys();
      if (due.size > maxTasks && oldest !== undefined) due.delete(oldest);
    },
    take: (taskId) => {
      const until = due.get(taskId);
      due.delete(taskId);
      return until;
    },
  };
}
