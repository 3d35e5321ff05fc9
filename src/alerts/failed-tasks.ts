import type { Clock } from '../core/clock.js';
import { ownCommand } from '../core/own-command.js';
import type { Alert } from './alert.js';
import { callAfter } from './call-after.js';

/** A task that was given up. */
export interface FailedTask {
  readonly rule: string;
  /** As the log and the journal spell it: `http-500`, `timeout`. */
  readonly reason: string;
}

/** What the failed tasks of one target work with. */
export interface FailedTasksOptions {
  readonly everyMs: number;
  readonly clock: Clock;
  /** Sends an alert; returns at once. */
  readonly send: (alert: Alert) => void;
}

/** How long the first failure waits for others, so that one alert covers all of them, in ms. */
const gatherMs = 10_000;
const maxRules = 10;
const maxReasons = 5;
const maxReasonLength = 200;

/**
 * Gathers the tasks that were given up since the last alert, and sends how many, of which rules, and
 * the first reasons: some seconds after the first, and at most once in `everyMs`. A task that was
 * given up is no state: there is no `resolved`.
 */
export class FailedTasks {
  readonly #options: FailedTasksOptions;
  #waiting: AbortController | undefined;
  #isClosed = false;
  #count = 0;
  #since = 0;
  #rules = new Set<string>();
  #reasons = new Set<string>();
  /** On the monotonic clock. */
  #sentAt = Number.NEGATIVE_INFINITY;

  constructor(options: FailedTasksOptions) {
    this.#options = options;
  }

  /** Counts one. */
  add({ rule, reason }: FailedTask): void {
    this.#count += 1;
    if (this.#rules.size < maxRules) this.#rules.add(rule);
    if (this.#reasons.size < maxReasons) this.#reasons.add(reason.slice(0, maxReasonLength));
    if (this.#count === 1 && !this.#isClosed) this.#begin();
  }

  /** Sends nothing any more. */
  close(): void {
    this.#waiting?.abort();
    this.#isClosed = true;
  }

  #begin(): void {
    const { clock, everyMs } = this.#options;
    this.#since = clock.now();
    const waitMs = Math.max(gatherMs, this.#sentAt + everyMs - clock.monotonic());
    this.#waiting = callAfter(clock, waitMs, () => this.#send());
  }

  #send(): void {
    const { clock, send } = this.#options;
    const count = this.#count;
    const rules = [...this.#rules];
    const reasons = [...this.#reasons];
    const since = this.#since;
    this.#count = 0;
    this.#rules = new Set();
    this.#reasons = new Set();
    this.#sentAt = clock.monotonic();
    const text = {
      en: `Tasks given up: ${count}. Rules: ${rules.join(', ')}. First reasons: ${reasons.join('; ')}. Look at them with \`${ownCommand} tasks\`; \`replay\` calls again.`,
      zh: `放弃了 ${count} 个任务。规则：${rules.join('、')}。最初的原因：${reasons.join('；')}。可用 \`${ownCommand} tasks\` 查看，用 \`replay\` 重新调用。`,
    };
    const details = { count, rules, reasons };
    const at = clock.now();
    send({ kind: 'tasks-failed', status: 'firing', subject: 'tasks', text, details, since, at });
  }
}
