/** How long settled tasks are kept: for the console, for replays, and so that a known id is known. */
export interface Retention {
  /** Ms since a task was settled. */
  readonly ageMs: number;
  /** At most so many settled tasks; the ones settled first go first. */
  readonly tasks: number;
  /** The text of a settled task is deleted after so many ms. Default: with the task itself. */
  readonly textMs?: number;
  /** The same of tasks that were answered. Default: `textMs`. */
  readonly answeredTextMs?: number;
}

/** Seven days, and at most 100,000 settled tasks. */
export const defaultRetention: Retention = {
  ageMs: 7 * 24 * 60 * 60 * 1000,
  tasks: 100_000,
};

/** When the texts of settled tasks are deleted. */
export interface TextTimes {
  /** Of every task, so many ms after it was settled. */
  readonly lastMs: number;
  /** Sooner: of those that were answered, or of all others. Absent: there is no difference. */
  readonly early?: { readonly answered: boolean; readonly ms: number };
}

/** Brings the times of a retention into an order, so that each is a walk along settled tasks. */
export function textTimes({
  ageMs,
  textMs = ageMs,
  answeredTextMs = textMs,
}: Retention): TextTimes {
  if (textMs === answeredTextMs) return { lastMs: textMs };
  const answered = answeredTextMs < textMs;
  return {
    lastMs: Math.max(textMs, answeredTextMs),
    early: { answered, ms: Math.min(textMs, answeredTextMs) },
  };
}
