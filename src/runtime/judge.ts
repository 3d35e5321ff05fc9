import type { Clock } from '../core/clock.js';
import { textOf } from '../core/errors.js';
import type { Logger } from '../core/logger.js';
import type { Metrics } from '../core/metrics.js';
import { runInTask } from '../core/task-scope.js';
import type { Verdict } from '../core/verdict.js';
import { createDecider } from '../delivery/decider.js';
import type { Sender } from '../delivery/send.js';
import type { UnreadEvent } from '../events/unread-event.js';
import type { Rulebook } from './rulebook.js';

/** What a judge works with. */
export interface JudgeParts {
  readonly rulebook: Rulebook;
  readonly sender: Sender;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** From an event that asks for a verdict to the verdict. */
export interface Judge {
  /** `undefined` when no rule in force wants to decide. Never rejects. */
  judge(unread: UnreadEvent): Promise<Verdict | undefined>;
}

/**
 * Lets rules decide what the platform asks. Cooldowns and limits do not hold here: a verdict is
 * needed each time. A rule that rests (410) does not decide.
 */
export function createJudge({ rulebook, sender, clock, logger, metrics }: JudgeParts): Judge {
  const limits = (origin: string) => rulebook.config.receivers[origin];
  const decider = createDecider({ sender, clock, logger, limits });
  return {
    judge: async (unread) => {
      metrics.heard(unread.head.name);
      const { ruleSet } = rulebook;
      const needs = ruleSet.screen(unread.head);
      if (needs === undefined) return undefined;
      try {
        const event = await runInTask(() => unread.read(needs));
        const { matches } = ruleSet.decide(event);
        const awake = matches.filter(({ rule }) => !rulebook.isPaused(rule.name));
        for (const { rule } of awake) metrics.matched(rule.name);
        return await decider.decide(event, awake);
      } catch (error) {
        const text = textOf(error);
        logger.error({
          en: `No verdict on a ${unread.head.name}: ${text.en}`,
          zh: `无法对 ${unread.head.name} 作出裁决：${text.zh}`,
        });
        return undefined;
      }
    },
  };
}
