import { type PersonalData, personalRecordsIn } from '../core/personal-records.js';
import type { SharedState } from '../core/shared-state.js';
import type { Store } from '../core/store.js';
import type { Puppets } from './puppets.js';

/** What may keep data of people beside the journal. */
export interface PersonalDataParts {
  readonly puppets: Puppets;
  readonly store: Store;
  readonly shared: SharedState | undefined;
  /** What the console remembers. */
  readonly history: () => PersonalData | undefined;
}

/** All that keeps data of people in a running program, whenever it is asked for. */
export function personalData(parts: PersonalDataParts): () => readonly PersonalData[] {
  const { puppets, store, shared, history } = parts;
  const ofPuppets = new Set<PersonalData>();
  puppets.watch(({ extras: { personal } }) => {
    if (personal === undefined) return () => {};
    ofPuppets.add(personal);
    return () => ofPuppets.delete(personal);
  });
  return () => {
    const remembered = history();
    return [
      limitsData(store),
      // What is shared goes first: a bot would bring it back otherwise.
      ...(shared ? [sharedData(shared)] : []),
      ...ofPuppets,
      ...(remembered ? [remembered] : []),
    ];
  };
}

/** The cooldowns and limits of people; they are forgotten with the tasks, by the journal. */
export function limitsData(store: Pick<Store, 'of' | 'forget'>): PersonalData {
  return {
    of: async (userId) => (await store.of(userId)).map((value) => ({ kind: 'limit', value })),
    forget: async (userId) => {
      await store.forget(userId);
    },
  };
}

/** What begins the keys of shared records that may be about a person. */
const prefixes = ['answer/', 'card/'];

/** What instances have in common of people: open answers and cards of AI bots. */
export function sharedData(shared: Pick<SharedState, 'list' | 'remove'>): PersonalData {
  const found = async (userId: string) => {
    const lists = await Promise.all(prefixes.map((prefix) => shared.list(prefix)));
    const entries = lists.flatMap((list) =>
      Array.from(list, ([key, { value }]) => [key, value] as const),
    );
    return personalRecordsIn(entries, userId);
  };
  return {
    of: async (userId) => (await found(userId)).map(({ kind, value }) => ({ kind, value })),
    forget: async (userId) => {
      for (const { key } of await found(userId)) await shared.remove(key);
    },
  };
}
