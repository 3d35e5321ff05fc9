import type { DatabasePlace } from '../core/database-place.js';
import type { CallbackError } from '../core/errors.js';

/** A statement that is asked often: named, a connection reads and plans it only once. */
export interface Statement {
  /** One name for one text, within the whole program; at most 63 bytes. */
  readonly name: string;
  readonly text: string;
}

/** What may be handed to a statement: PostgreSQL's own types, and lists of them for `unnest`. */
export type SqlValue =
  | string
  | number
  | boolean
  | bigint
  | null
  | readonly (string | number | boolean | null)[];

/**
 * Whoever runs statements: a database, or one transaction in it. Nothing that a statement leaves behind
 * in its session may count for the next one: behind a pooler that is another session.
 */
export interface Sql {
  /**
   * Runs one statement; answers its rows. Whole numbers come as numbers.
   *
   * @throws CallbackError as `faultOf` makes them
   */
  query<Row = never>(
    statement: string | Statement,
    values?: readonly SqlValue[],
  ): Promise<readonly Row[]>;
}

/** Our part of a PostgreSQL database: one schema, through a few connections. */
export interface Database extends Sql {
  /** Holds all our tables; the search path of every statement. */
  readonly schema: string;
  /** Host, port and name of the database, for people: no user and no password. */
  readonly address: string;
  /**
   * Runs `work` in one transaction of the level `READ COMMITTED`; again from its start, for some
   * seconds, when PostgreSQL gave it up for another one (a deadlock, `lock_timeout`). So does
   * `query`. What `work` throws undoes everything.
   */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  /**
   * Brings one module's tables up to date, in one transaction under a lock: several programs may
   * start at the same time. `steps` only ever grows; how many were taken is kept by `module`. A
   * schema that a newer version of this package has changed stays as it is.
   *
   * @throws CallbackError `postgres-too-new` when more steps were taken than there are
   */
  migrate(module: string, steps: readonly string[]): Promise<void>;
  /**
   * Hears what anybody sends to a channel with `NOTIFY`; answers how to stop that. After the
   * connection was lost, and is there again, `hear` is called with an empty text: something may have
   * been missed. Behind a pooler nothing is heard, unless `listen` leads around it.
   */
  listen(channel: string, hear: (text: string) => void): () => void;
  /** Waits for what runs, and closes all connections. */
  close(): Promise<void>;
}

/** What a database is opened with. */
export interface DatabaseOptions {
  /** Lower-case letters, digits and `_`. Default: `?schema=` of the address, else `wechaty_callback`. */
  readonly schema?: string;
  /** Connections at most, beside the one that listens. Default: 6. */
  readonly connections?: number;
  /** `process`: a commit does not wait for the server's disk. Default: `full`. */
  readonly durability?: 'full' | 'process';
  /** Settings of every statement, as `SET` knows them; plain words and numbers. Default: none. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Where to listen. Default: where all else is asked, if that is no pooler. */
  readonly listen?: DatabasePlace | undefined;
  /** Told when the server does not answer any more, and when it answers again. Default: nobody. */
  readonly onLost?: (error: CallbackError) => void;
  readonly onBack?: () => void;
  /** Told once when a pooler keeps `listen` of the database from hearing. Default: nobody. */
  readonly onPooler?: () => void;
}
