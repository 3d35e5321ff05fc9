/** What is kept under one key. */
export interface StreamRecord {
  /** JSON. */
  readonly value: string;
  /** It may be forgotten from then on, in ms since 1970. */
  readonly until: number;
}

/**
 * Small records of an adapter that outlive the process: answers that are still open, cards that can
 * be changed. Read whole when it is opened; an adapter holds in memory what it needs at once.
 */
export interface StreamStore {
  /** Everything that has not expired, in the order in which it was first put. */
  open(): Promise<ReadonlyMap<string, StreamRecord>>;
  /** Resolves when it is durable. Puts of one key take effect in order. */
  put(key: string, record: StreamRecord): Promise<void>;
  /**
   * What is kept now, by key; `undefined` while it is not open. Absent: what it keeps of people cannot
   * be found.
   */
  records?(): ReadonlyMap<string, StreamRecord> | undefined;
  /** Resolves when nothing is left of what has ended or was replaced. Absent: it leaves nothing. */
  purge?(): Promise<void>;
  /** Waits for what is being written, and frees everything. */
  close(): Promise<void>;
}

/** Keeps nothing beyond the process. */
export function createMemoryStreamStore(): StreamStore {
  return {
    open: () => Promise.resolve(new Map()),
    put: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}
