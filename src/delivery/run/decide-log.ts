import type { Logger } from '../../core/logger.js';
import type { Task } from '../../core/task.js';
import type { Verdict } from '../../core/verdict.js';
import { failureHint } from './failure-hints.js';

/** How a verdict came about. */
export interface VerdictInfo {
  readonly ms: number;
  /** Present when the receiver gave none, and the rule's `decide.onTimeout` holds. */
  readonly reason: string | undefined;
}

/** What the operator reads of verdicts. Never a word of a message. */
export interface DecideLog {
  decided(task: Task, verdict: Verdict, info: VerdictInfo): void;
}

/** Writes the lines. */
export function decideLog(logger: Logger): DecideLog {
  return {
    decided: (task, verdict, { ms, reason }) => {
      const fields = { rule: task.rule, task: task.id, bot: task.botId, ms, reason };
      const outcome = verdict.kind === 'allowed' ? allowed : refused;
      if (reason === undefined) return logger.info(outcome, fields);
      const hint = failureHint(reason) ?? { en: '', zh: '' };
      logger.warn(
        {
          en: `The receiver gave no verdict; \`decide.onTimeout\` holds. ${outcome.en} ${hint.en}`,
          zh: `接收端没有给出裁决，按 \`decide.onTimeout\` 处理。${outcome.zh}${hint.zh}`,
        },
        fields,
      );
    },
  };
}

const allowed = { en: 'Allowed.', zh: '已放行。' };
const refused = { en: 'Refused.', zh: '已拒绝。' };
