/** How long settled tasks are kept: for the console, for replays, and so that a known id is known. */
export interface Retention {
  /** Ms since a task was settled. */
  readonly ageMs: number;
  /** At most so many settled tasks; the ones settled first go first. */
  readonly tasks: number;
  /** The text of a settled task is deleted after so many ms. Default: with the task itself. */
  readonly textMs?: number;
}

/** Seven days, and at most 100,000 settled tasks. */
export const defaultRetention: Retention = {
  ageMs: 7 * 24 * 60 * 60 * 1000,
  tasks: 100_000,
};
