import {
  keysToForget,
  type OwnerOf,
  type PersonalData,
  personalRecordsIn,
} from '../../core/personal-records.js';
import type { StreamStore } from '../../core/stream-store.js';

/**
 * What a store of an adapter keeps of people; what is forgotten is gone from its file, too.
 *
 * @param ownerOf as for `personalRecordsIn`
 */
export function storedPersonal(store: StreamStore, ownerOf?: OwnerOf): PersonalData {
  const entries = () =>
    Array.from(store.records?.() ?? [], ([key, { value }]) => [key, value] as const);
  return {
    of: (userId) =>
      whileOpen(store, async () =>
        personalRecordsIn(entries(), userId, ownerOf).map(({ kind, value }) => ({ kind, value })),
      ),
    forget: (userId) =>
      whileOpen(store, async () => {
        const gone = { value: '', until: 0 };
        const keys = keysToForget(entries(), userId, ownerOf);
        await Promise.all(keys.map((key) => store.put(key, gone)));
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
