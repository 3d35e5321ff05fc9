import { type PersonalData, personalRecordsIn } from '../../core/personal-records.js';
import type { StreamStore } from '../../core/stream-store.js';

/** What a store of an adapter keeps of people; what is forgotten is gone from its file, too. */
export function storedPersonal(store: StreamStore): PersonalData {
  const found = (userId: string) => {
    const entries = Array.from(
      store.records?.() ?? [],
      ([key, { value }]) => [key, value] as const,
    );
    return personalRecordsIn(entries, userId);
  };
  return {
    of: (userId) => Promise.resolve(found(userId).map(({ kind, value }) => ({ kind, value }))),
    forget: async (userId) => {
      const gone = { value: '', until: 0 };
      await Promise.all(found(userId).map(({ key }) => store.put(key, gone)));
      // Also what was put in place of something else: the file holds that, too, until now.
      await store.purge?.();
    },
  };
}
