import { randomUUID } from 'node:crypto';
import { type Clock, systemClock } from '../core/clock.js';
import type { Journal } from '../core/journal.js';
import type { Store } from '../core/store.js';
import type { Database } from '../postgres/database.js';
import { preparedDatabase } from '../postgres/prepared-database.js';
import { Announcer } from './postgres/announcer.js';
import { Contact } from './postgres/contact.js';
import { lookOut } from './postgres/leases.js';
import { PostgresJournal } from './postgres/postgres-journal.js';
import { PostgresStore } from './postgres/postgres-store.js';
import { journalModule, journalTables } from './postgres/tables.js';
import { defaultRetention, type Retention } from './retention.js';
import { WorkSignal } from './work-signal.js';

/** How a journal in a database is opened. */
export interface PostgresOptions {
  /** For leases and due times as this program tells them. Default: the machine's clock. */
  readonly clock?: Clock;
  /** The time that counts in the database, in ms since 1970, for tests. Default: the server's own. */
  readonly now?: () => number;
  /** How long a claim lasts unless renewed, in ms. Default: 10,000. */
  readonly leaseMs?: number;
  /** The start of every token, to tell the holders of several processes apart. Default: a UUID. */
  readonly owner?: string;
  /** What `sweep` leaves. Default: seven days, 100,000 settled tasks. */
  readonly retention?: Retention;
}

/** Tables that keep tasks, and cooldowns and limits, for all programs that use them. */
export interface PostgresHome {
  readonly journal: Journal;
  readonly store: Store;
}

/** Should a telling of another program be missed: one that has died sends none. In ms. */
const lookEveryMs = 1000;

/**
 * A journal and a store in one database, which any number of programs may share. Calls that wait at
 * the same time share one transaction; leases go by the server's clock. Nothing is asked of the
 * server yet, and while it is away calls fail with `postgres-unreachable`; those of holders of leases
 * wait until it is back. Then leases that ran out are left to their holders for one lease more. The
 * database is closed when journal and store are.
 */
export function openPostgres(given: Database, options: PostgresOptions = {}): PostgresHome {
  const { clock = systemClock, leaseMs = 10_000, owner = randomUUID() } = options;
  const { retention = defaultRetention } = options;
  const now = options.now ?? (() => null);
  const contact = new Contact(clock, leaseMs, options.now === undefined);
  const database = contact.watch(preparedDatabase(given, journalModule, journalTables));
  const signal = new WorkSignal(clock, () => look());
  const lookOnce = async () => {
    const at = clock.now();
    signal.wakeAt(at + lookEveryMs);
    const { isReady, nextInMs } = await lookOut(database, now());
    if (isReady) signal.wake();
    if (nextInMs !== null) signal.wakeAt(at + nextInMs);
  };
  const look = () => {
    lookOnce().catch(() => {
      // The server is away: it is asked again in a second.
    });
  };
  let users = 2;
  const release = async () => {
    users -= 1;
    if (users === 0) await database.close();
  };
  const store = new PostgresStore({ database, now, release });
  const announcer = new Announcer(database, clock);
  const parts = { database, signal, announcer, clock, now, leaseMs, owner, retention, contact };
  const journal = new PostgresJournal({ ...parts, look, release });
  return { journal, store };
}
