/** One thing that is kept of a person beside the tasks of the journal. */
export interface PersonalRecord {
  /** What it is, e.g. `answer`, `card`, `limit`, `event`. */
  readonly kind: string;
  /** As it is kept. */
  readonly value: unknown;
}

/** Something that keeps data of people. */
export interface PersonalData {
  /** All that is kept of one person. */
  of(userId: string): Promise<readonly PersonalRecord[]>;
  /** Deletes it. Resolves when it is gone for good. */
  forget(userId: string): Promise<void>;
}

/** Several as one. */
export function allPersonal(parts: readonly PersonalData[]): PersonalData {
  return {
    of: async (userId) => (await Promise.all(parts.map((one) => one.of(userId)))).flat(),
    forget: async (userId) => {
      for (const one of parts) await one.forget(userId);
    },
  };
}

/** A small record of an adapter. */
type Entry = readonly [key: string, value: string];
type Fields = Readonly<Record<string, unknown>>;

/** Tells whom a record is about that names nobody as `userId`; `undefined` where it does not know. */
export type OwnerOf = (key: string, value: Fields) => string | undefined;

/**
 * Reads small records of adapters, and says what is kept of a person in them: those that name the
 * person as `userId`, those of the private chat with the person, `conversationId`, and those of which
 * `ownerOf` says so. The kind is what the key begins with.
 */
export function personalRecordsIn(
  records: Iterable<Entry>,
  userId: string,
  ownerOf: OwnerOf = () => undefined,
): readonly (PersonalRecord & { readonly key: string })[] {
  return [...records].flatMap(([key, text]) => {
    const value = objectIn(text);
    if (value === undefined) return [];
    const { userId: user = ownerOf(key, value), conversationId } = value;
    const isTheirs = user === userId || conversationId === userId;
    return isTheirs ? [{ key, kind: key.slice(0, key.indexOf('/')), value }] : [];
  });
}

/**
 * The keys of what has to go when a person is forgotten: all that `personalRecordsIn` finds, and the
 * cards of versions that did not keep whom they were for. Such a card may be theirs.
 */
export function keysToForget(
  records: Iterable<Entry>,
  userId: string,
  ownerOf?: OwnerOf,
): readonly string[] {
  const all = [...records];
  const theirs = personalRecordsIn(all, userId, ownerOf).map(({ key }) => key);
  return [...theirs, ...all.filter(isCardOfUnknown).map(([key]) => key)];
}

function isCardOfUnknown([key, text]: Entry): boolean {
  return key.startsWith('card/') && (objectIn(text)?.['userId'] ?? '') === '';
}

function objectIn(text: string): Fields | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    return JSON.parse(text) as Fields;
  } catch {
    return undefined;
  }
}
