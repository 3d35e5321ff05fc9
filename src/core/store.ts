/** A budget: at most `count` different members in a period that starts with the first of them. */
export interface Budget {
  readonly count: number;
  readonly everyMs: number;
  /** Whom the key is about; absent when it is about nobody in particular. For `forget`. */
  readonly person?: string;
}

/** A period as it is kept. */
export interface KeptPeriod {
  readonly key: string;
  /** Ms since 1970. */
  readonly startedAt: number;
  /** How many members it has. */
  readonly used: number;
}

/**
 * Small keyed state with expiry: cooldowns, limits, notices that are said once.
 * Asked after the rules have decided, so that deciding itself stays pure.
 */
export interface Store {
  /**
   * Whether `member` is within the budget of `key`. The same member is always answered the same
   * within a period, so an event that arrives twice is not counted twice.
   */
  admit(key: string, member: string, budget: Budget): Promise<boolean>;
  /**
   * Deletes the periods of all keys that are about one person; answers how many. Members of other
   * keys stay until their period ends: the id of an event says nothing of a person by itself.
   */
  forget(person: string): Promise<number>;
  /** The periods of all keys that are about one person. */
  of(person: string): Promise<readonly KeptPeriod[]>;
  close(): Promise<void>;
}
