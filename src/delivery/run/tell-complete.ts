import type { Journal } from '../../core/journal.js';
import type { Speaker } from '../../core/speaker.js';

/**
 * The same journal; the bot of a task is told that all is said before the task is settled. The other
 * way round a crash in between would leave an answer open for ever.
 */
export function tellComplete(
  journal: Journal,
  speakers: (botId: string) => Speaker | undefined,
): Journal {
  const settle: Journal['settle'] = async (claim, end, info) => {
    const { task } = claim;
    if (task.conversation) await speakers(task.botId)?.complete?.(task);
    return await journal.settle(claim, end, info);
  };
  return new Proxy(journal, {
    get: (target, name) => {
      if (name === 'settle') return settle;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
