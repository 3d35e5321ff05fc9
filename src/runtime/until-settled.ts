import type { Clock } from '../core/clock.js';
import type { Journal } from '../core/journal.js';
import type { Bots } from './bots.js';
import type { Intake } from './intake.js';

/** What is looked at. */
export interface SettlingParts {
  readonly intake: Intake;
  readonly journal: Journal;
  readonly bots: Bots;
  readonly clock: Clock;
}

const lookEveryMs = 20;

/**
 * Waits until everything that was taken is kept, and every kept task that can run before
 * `deadline` (ms since 1970) has run: a journal in memory ends with the process. Tasks of a bot
 * without a voice are not waited for. Never rejects, and never takes longer.
 */
export async function untilSettled(
  parts: SettlingParts,
  deadline: number,
  botId?: string,
): Promise<void> {
  const { intake, clock } = parts;
  const left = () => Math.max(0, deadline - clock.now());
  await Promise.race([intake.idle(), clock.sleep(left(), undefined, { ref: false })]);
  while (left() > 0 && (await hasWork(parts, deadline, botId))) await clock.sleep(lookEveryMs);
}

async function hasWork(
  { journal, bots }: SettlingParts,
  deadline: number,
  botId?: string,
): Promise<boolean> {
  try {
    const { counts } = await journal.stats();
    if (counts.waiting + counts.running === 0) return false;
    const states = ['waiting', 'running'] as const;
    const tasks = await journal.find({ states, ...(botId === undefined ? {} : { botId }) });
    const voices = new Set(bots.ids());
    return tasks.some(
      ({ task, dueAt }) => dueAt <= deadline && (!task.conversation || voices.has(task.botId)),
    );
  } catch {
    // Closed meanwhile: there is nothing left to wait for.
    return false;
  }
}
