/** The pauses before what surely was not sent is said again. */
export interface SayPauses {
  /** The next pause of a task, in ms: twice the last one. */
  next(taskId: string): number;
  /** The task said something, or is over: its next pause is the first again. */
  reset(taskId: string): void;
}

const firstMs = 1000;
const longestMs = 30_000;
/** Tasks that never come back, such as discarded ones, are forgotten beyond this number. */
const maxTasks = 10_000;

/** Nothing has failed yet. In memory: after a restart the pauses are short again, which does no harm. */
export function createSayPauses(): SayPauses {
  const pauses = new Map<string, number>();
  return {
    next: (taskId) => {
      const pauseMs = Math.min(2 * (pauses.get(taskId) ?? firstMs / 2), longestMs);
      pauses.delete(taskId);
      pauses.set(taskId, pauseMs);
      const [oldest] = pauses.keys();
      if (pauses.size > maxTasks && oldest !== undefined) pauses.delete(oldest);
      return pauseMs;
    },
    reset: (taskId) => {
      pauses.delete(taskId);
    },
  };
}
