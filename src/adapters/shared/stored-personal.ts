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
    of: (userId) =>
      whileOpen(store, async () => found(userId).map(({ kind, value }) => ({ kind, value }))),
    forget: (userId) =>
      whileOpen(store, async () => {
        const gone = { value: '', until: 0 };
        await Promise.all(found(userId).map(({ key }) => store.put(key, gone)));
        // Also what was put in place of something else: the file holds that, too, until now.
        await store.purge?.();
      }),
  };
}

/** True for a store whose records can be read as they are now. */
export function isOpen(store: StreamStore): boolean {
  return store.records === undefined || store.records() !== undefined;
}

/** Does something with a store that is open: one whose bot does not run is opened for as long. */
export async function whileOpen<T>(store: StreamStore, work: () => Promise<T>): Promise<T> {
  if (isOpen(store)) return await work();
  await store.open();
  try {
    return await work();
  } finally {
    await store.close();
  }
}
