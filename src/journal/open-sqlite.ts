import { randomUUID } from 'node:crypto';
import { type Clock, systemClock } from '../core/clock.js';
import type { Journal } from '../core/journal.js';
import type { Store } from '../core/store.js';
import { ClockWatch } from './clock-watch.js';
import { defaultRetention, type Retention } from './retention.js';
import { LastingThread } from './sqlite/lasting-thread.js';
import { SqliteJournal } from './sqlite/sqlite-journal.js';
import { SqliteStore } from './sqlite/sqlite-store.js';
import { type StartWorker, startWorker } from './sqlite/start-worker.js';
import { WorkSignal } from './work-signal.js';

/** How a journal in a file is opened. */
export interface SqliteOptions {
  /** Made when it is not there, with its folder. A relative path counts from `process.cwd()`. */
  readonly file: string;
  /** Default: the machine's clock. */
  readonly clock?: Clock;
  /** How long a claim lasts unless renewed, in ms. Default: 30,000. */
  readonly leaseMs?: number;
  /** The start of every token, to tell the holders of several processes apart. Default: a UUID. */
  readonly owner?: string;
  /** What `sweep` leaves. Default: seven days, 100,000 settled tasks. */
  readonly retention?: Retention;
  /** `full` (default) survives a power cut, `process` a crash of the program. */
  readonly durability?: 'full' | 'process';
}

/** A file that keeps tasks, and cooldowns and limits. It is closed when both are. */
export interface SqliteHome {
  readonly journal: Journal;
  readonly store: Store;
}

/**
 * Opens a journal and a store in one file, for this program alone. Reading and writing happen in a
 * thread: the event loop never waits for the disk, and calls that wait at the same time share one
 * commit. What a former process had claimed can be claimed at once. When the thread dies, calls fail
 * with `journal-stopped` until another has opened the file; `start` is how threads are started.
 *
 * @throws CallbackError `journal-locked` (names the holder), `journal-corrupt`, `journal-too-new`,
 *   `journal-foreign`, `journal-full`, `journal-failed`
 */
export async function openSqlite(
  options: SqliteOptions,
  start: StartWorker = startWorker,
): Promise<SqliteHome> {
  const { clock = systemClock, leaseMs = 30_000, owner = randomUUID() } = options;
  const { retention = defaultRetention, durability = 'full', file } = options;
  const signal = new WorkSignal(clock, () => look());
  const thread = await LastingThread.open({
    options: { file, durability, leaseMs, owner },
    clock,
    onWork: ({ isReady, nextAt }) => {
      if (isReady) signal.wake();
      signal.wakeAt(nextAt);
    },
    start,
  });
  const look = () => {
    thread.call('look', { now: clock.now() }).catch(() => {
      // Closed meanwhile, or the file fails: whoever calls next is told.
    });
  };
  let users = 2;
  const release = async () => {
    users -= 1;
    if (users === 0) await thread.close();
  };
  const watch = new ClockWatch(clock);
  const journal = new SqliteJournal({ thread, signal, clock, watch, retention, look, release });
  const store = new SqliteStore({ thread, clock, release });
  return { journal, store };
}

/** The journal of `openSqlite` alone. */
export async function createSqliteJournal(options: SqliteOptions): Promise<Journal> {
  const { journal, store } = await openSqlite(options);
  await store.close();
  return journal;
}
