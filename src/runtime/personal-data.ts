import { keysToForget, type PersonalData, personalRecordsIn } from '../core/personal-records.js';
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

/** What keeps data of people in a running program, whenever it is asked for. */
export interface KeptPersonalData {
  /** All of it. */
  readonly all: () => readonly PersonalData[];
  /** What other instances do not reach: memory, and files of this one. */
  readonly own: () => readonly PersonalData[];
}

/** Finds all that keeps data of people in a running program. */
export function personalData(parts: PersonalDataParts): KeptPersonalData {
  const { puppets, store, shared, history } = parts;
  const ofPuppets = new Set<PersonalData>();
  puppets.watch(({ extras: { personal } }) => {
    if (personal === undefined) return () => {};
    ofPuppets.add(personal);
    return () => ofPuppets.delete(personal);
  });
  const own = () => {
    const remembered = history();
    return [...ofPuppets, ...(remembered ? [remembered] : [])];
  };
  return {
    // What is shared goes first: a bot would bring it back otherwise.
    all: () => [limitsData(store), ...(shared ? [sharedData(shared)] : []), ...own()],
    own,
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
  const entries = async () => {
    const lists = await Promise.all(prefixes.map((prefix) => shared.list(prefix)));
    return lists.flatMap((list) => Array.from(list, ([key, { value }]) => [key, value] as const));
  };
  return {
    of: async (userId) =>
      personalRecordsIn(await entries(), userId).map(({ kind, value }) => ({ kind, value })),
    forget: async (userId) => {
      for (const key of keysToForget(await entries(), userId)) await shared.remove(key);
    },
  };
}
