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

/**
 * Reads small records of adapters, and says what is kept of a person in them: those that name the
 * person as `userId`, and those of the private chat with the person, `conversationId`. The kind is
 * what the key begins with.
 */
export function personalRecordsIn(
  records: Iterable<readonly [key: string, value: string]>,
  userId: string,
): readonly (PersonalRecord & { readonly key: string })[] {
  return [...records].flatMap(([key, text]) => {
    const value = objectIn(text);
    const isTheirs = value?.['userId'] === userId || value?.['conversationId'] === userId;
    return isTheirs ? [{ key, kind: key.slice(0, key.indexOf('/')), value }] : [];
  });
}

function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
}
