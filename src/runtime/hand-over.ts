import type { Clock } from '../core/clock.js';
import type { Runner } from '../delivery/runner.js';
import type { Intake } from './intake.js';

/** What is waited for. */
export interface HandOverParts {
  readonly intake: Intake;
  readonly runner: () => Runner;
  readonly clock: Clock;
}

/** Bots that leave this program while others go on with their tasks. */
export interface HandOver {
  /** Of these bots, those whose tasks are still claimed here. */
  staying(bots: readonly string[]): readonly string[];
  /**
   * Claims nothing more for a bot, or for any, and waits until `deadline` (ms since 1970) for what
   * runs here: what only waits is taken over by others. Never rejects.
   */
  settled(deadline: number, botId?: string): Promise<void>;
}

const lookEveryMs = 20;

/** For a journal that other programs use as well. */
export function createHandOver({ intake, runner, clock }: HandOverParts): HandOver {
  const leaving = new Set<string>();
  let isEnding = false;
  return {
    staying: (bots) => (isEnding ? [] : bots.filter((bot) => !leaving.has(bot))),
    settled: async (deadline, botId) => {
      if (botId === undefined) isEnding = true;
      else leaving.add(botId);
      const left = () => Math.max(0, deadline - clock.now());
      await Promise.race([intake.idle(), clock.sleep(left(), undefined, { ref: false })]);
      while (left() > 0 && runner().isRunning(botId)) await clock.sleep(lookEveryMs);
      // It may come back, by another plugin of the same rules.
      if (botId !== undefined) leaving.delete(botId);
    },
  };
}
