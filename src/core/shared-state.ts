/** What stands under a key, as one program put it there. */
export interface SharedRecord {
  /** JSON. */
  readonly value: string;
  /** Another one with every change, also when a key was free in between. */
  readonly version: number;
}

/**
 * Small records that several instances of this program have in common; each ends by itself. Without
 * a database every instance has only its own, in memory.
 *
 * Every promise resolves when all instances can see the effect, and rejects when the home of the
 * records cannot be reached. Lives are measured by one clock, that of the home.
 */
export interface SharedState {
  /** This instance's own name: nobody else's, before or after. Letters and digits. */
  readonly instance: string;
  get(key: string): Promise<SharedRecord | undefined>;
  /**
   * Puts a record where there is none, for `lifeMs`; of several at once one succeeds.
   *
   * @returns `undefined` when it stands there now, else the record that was there before
   */
  add(key: string, value: string, lifeMs: number): Promise<SharedRecord | undefined>;
  /** Puts a record, whatever was there. Its life begins anew. */
  put(key: string, value: string, lifeMs: number): Promise<void>;
  /**
   * Puts a record in place of exactly this version; of several at once one succeeds.
   *
   * @returns the new version; `undefined` when another record stands there, or none
   */
  swap(
    key: string,
    version: number,
    record: { readonly value: string; readonly lifeMs: number },
  ): Promise<number | undefined>;
  /** Removes a record, if there is one; with `version` only exactly that. */
  remove(key: string, version?: number): Promise<void>;
  /** All whose keys begin like this, sorted by key. For short lists. */
  list(prefix: string): Promise<ReadonlyMap<string, SharedRecord>>;
  /** Deletes what has ended; whoever asks for it does not find it in any case. */
  sweep(): Promise<void>;
  close(): Promise<void>;
}

/** One key of several words: no two lists of words have the same, and any text is a word. */
export function sharedKey(...words: readonly string[]): string {
  // JSON writes what UTF-8 cannot as \u and digits.
  return words.map((word) => encodeURIComponent(JSON.stringify(word).slice(1, -1))).join('/');
}
