import type { PersonalData } from '../../core/personal-records.js';
import { eventRow } from './event-row.js';
import { type History, isOfPerson } from './history.js';

/** What the history remembers of people. It is forgotten with the tasks, when the journal tells of that. */
export function historyData(history: History): PersonalData {
  return {
    of: (userId) =>
      Promise.resolve(
        [...history.newest()]
          .filter((seen) => isOfPerson(seen, userId))
          .map((seen) => ({ kind: 'event', value: eventRow(seen, true) })),
      ),
    forget: async (userId) => history.forget(userId),
  };
}
