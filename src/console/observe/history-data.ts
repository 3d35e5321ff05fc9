import type { PersonalData } from '../../core/personal-records.js';
import { eventRow } from './event-row.js';
import { type History, isOfPerson } from './history.js';
import type { TaskNews } from './watch-journal.js';

/**
 * What the console remembers of people, in its history above all. With the tasks of its own journal
 * the journal tells whom to forget; another instance tells it here.
 *
 * @param history absent: events are not remembered
 */
export function historyData(
  history: History | undefined,
  { forgotten }: Pick<TaskNews, 'forgotten'>,
): PersonalData {
  return {
    of: (userId) =>
      Promise.resolve(
        [...(history?.newest() ?? [])]
          .filter((seen) => isOfPerson(seen, userId))
          .map((seen) => ({ kind: 'event', value: eventRow(seen, true) })),
      ),
    forget: async (userId) => forgotten(userId),
  };
}
