import { keepingTime } from '../../config/schema/duration.js';
import type { TaskChoice } from '../../core/operations.js';
import { type TaskState, taskStates } from '../../core/task.js';
import { readTime } from '../asked/read-time.js';
import { UsageError } from '../report/usage-error.js';

/** Which tasks, as typed. */
export interface ChoiceOptions {
  /** Names of states. Default: all, for `replay --all`: dead. */
  readonly state?: readonly string[];
  readonly rule?: string;
  /** A time ago such as `1h`, or a time in ISO 8601. */
  readonly since?: string;
}

/**
 * Checks what was typed; `now` is in ms since 1970.
 *
 * @throws UsageError
 */
export function readChoice({ state, rule, since }: ChoiceOptions, now: number): TaskChoice {
  return {
    ...(state !== undefined && { states: state.map(readState) }),
    ...(rule !== undefined && { rule }),
    ...(since !== undefined && { since: readSince(since, now) }),
  };
}

/**
 * A number of tasks as typed.
 *
 * @throws UsageError
 */
export function readLimit(text: string): number {
  if (/^[1-9]\d{0,5}$/u.test(text)) return Number(text);
  throw new UsageError({
    en: `--limit takes a number from 1 to 999999, not ${JSON.stringify(text)}.`,
    zh: `--limit 须为 1 到 999999 的数，不能是 ${JSON.stringify(text)}。`,
  });
}

function readState(text: string): TaskState {
  const found = taskStates.find((state) => state === text.toLowerCase());
  if (found !== undefined) return found;
  const list = taskStates.join(', ');
  throw new UsageError({
    en: `--state does not know ${JSON.stringify(text)}. It takes: ${list}.`,
    zh: `--state 不认识 ${JSON.stringify(text)}。可用的有：${list}。`,
  });
}

function readSince(text: string, now: number): number {
  const ago = keepingTime.safeParse(text);
  return ago.success ? now - ago.data : readTime(text, '--since', timeAgo);
}

const timeAgo = { en: '1h (ago), ', zh: '1h（前）、' };
