/** How much is remembered in memory of what passed through the program. Nothing of it is needed to deliver. */
export interface MemoryLimits {
  /** Messages that an adapter can still be asked about, in bytes, for each adapter. */
  readonly messageBytes: number;
  /** What the console shows of events, tasks and calls, in bytes. */
  readonly consoleBytes: number;
  /** Contacts, and as many rooms, that Wechaty keeps for each bot. */
  readonly contacts: number;
}

/** What is remembered unless the configuration says otherwise: 8 MB with an adapter of each kind. */
export const defaultMemoryLimits: MemoryLimits = {
  messageBytes: 1_000_000,
  consoleBytes: 4_000_000,
  contacts: 10_000,
};
