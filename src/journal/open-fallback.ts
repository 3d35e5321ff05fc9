import type { Clock } from '../core/clock.js';
import { type CallbackError, isCallbackError } from '../core/errors.js';
import type { Journal } from '../core/journal.js';
import type { Store } from '../core/store.js';
import { FallbackJournal } from './fallback-journal.js';
import { createMemoryStore } from './memory-store.js';
import type { SqliteHome } from './open-sqlite.js';
import type { Retention } from './retention.js';

/** The pause before a file is asked for again, in ms; it doubles up to the longest. */
const firstPauseMs = 500;
const longestPauseMs = 5000;

/** What stands in for a file, and for how long. */
export interface FallbackParts {
  readonly clock: Clock;
  readonly retention: Retention;
  /** Asks for the file once. */
  readonly open: () => Promise<SqliteHome>;
  /** Why it could not be had the first time. */
  readonly fault: CallbackError;
  /** Told when it cannot be had for another reason than before. */
  readonly onFault: (fault: CallbackError) => void;
  /** Told when it is there, and new tasks go into it. */
  readonly onOpen: () => void;
}

/** Journal and store in memory until the file can be had. */
export interface FallbackHome {
  readonly journal: Journal;
  readonly store: Store;
  /** Why the file cannot be had; `undefined` once it is there. */
  fault(): CallbackError | undefined;
}

/**
 * Stands in for a file and asks for it again and again, until it is there or the journal is closed.
 * Never rejects. A cooldown or limit that began in memory begins anew in the file.
 */
export function openFallback(parts: FallbackParts): FallbackHome {
  const { clock, retention } = parts;
  const closing = new AbortController();
  const { signal } = closing;
  const memory = createMemoryStore({ clock });
  let fault: CallbackError | undefined = parts.fault;
  let file: SqliteHome | undefined;
  let running = Promise.resolve();
  const end = async () => {
    closing.abort();
    await running;
  };
  const journal = new FallbackJournal({ clock, retention, store: memory, beforeClose: end });

  /** Answers whether the file is there. */
  const tryOnce = async (): Promise<boolean> => {
    try {
      file = await parts.open();
      journal.useFile(file.journal);
      fault = undefined;
    } catch (error) {
      if (!isCallbackError(error)) return false;
      if (error.code !== fault?.code) parts.onFault(error);
      fault = error;
    }
    return fault === undefined;
  };
  const run = async () => {
    for (let ms = firstPauseMs; ; ms = Math.min(2 * ms, longestPauseMs)) {
      await clock.sleep(ms, signal, { ref: false }).catch(() => {});
      if (signal.aborted) return;
      if (await tryOnce()) return parts.onOpen();
    }
  };
  running = run();
  return { journal, store: storeOf(memory, () => file?.store, end), fault: () => fault };
}

/** The store in memory, until there is that of the file. */
function storeOf(memory: Store, file: () => Store | undefined, end: () => Promise<void>): Store {
  const present = () => file() ?? memory;
  return {
    admit: (key, member, budget) => present().admit(key, member, budget),
    forget: (person) => present().forget(person),
    of: (person) => present().of(person),
    close: async () => {
      await end();
      await Promise.all([memory.close(), file()?.close()]);
    },
  };
}
