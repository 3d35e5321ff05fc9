import type { Client, ClientBase, QueryConfig, QueryResult } from 'pg';
import type { Sql, SqlValue, Statement } from './database.js';
import { faultOf } from './fault.js';

/** Settings, as `SET` knows them; plain words and numbers. */
export type Settings = Readonly<Record<string, string | number>>;

/** What statements run with. */
export interface Session {
  readonly settings: Settings;
  /** A pooler may take no longer to find a session for a transaction, in ms. */
  readonly withinMs: number;
  /** Of the database, for people. */
  readonly address: string;
}

/** What the driver is asked; it lets a query have a time limit of its own. */
type Asked = QueryConfig & { readonly query_timeout?: number };

const begin = 'BEGIN ISOLATION LEVEL READ COMMITTED';

/**
 * A connection whose statements run with our settings, whoever else uses the server's session: a
 * session of its own keeps them; behind a pooler they are set in every transaction anew, nothing is
 * prepared, and a single statement is a transaction, too.
 */
export class Connection implements Sql {
  readonly #client: ClientBase;
  readonly #isOwn: boolean;
  readonly #begin: Asked;
  readonly #address: string;
  /** What ended it, possibly while nothing was asked of it: the first of several errors. */
  #end: Error | undefined;
  #isBroken = false;

  private constructor(
    client: ClientBase,
    isOwn: boolean,
    { settings, withinMs, address }: Session,
  ) {
    this.#client = client;
    this.#isOwn = isOwn;
    this.#begin = isOwn
      ? { text: begin }
      : { text: [begin, ...setsOf(settings, 'SET LOCAL')].join('; '), query_timeout: withinMs };
    this.#address = address;
    client.on('error', (error) => {
      this.#end ??= error;
    });
  }

  /** Makes a new client ready. Rejects, with the driver's error, when the server does not answer. */
  static async over(client: ClientBase, session: Session): Promise<Connection> {
    const isOwn = await hasOwnSession(client, session.withinMs);
    if (isOwn) await client.query([...setsOf(session.settings, 'SET'), ...ownSets].join('; '));
    return new Connection(client, isOwn, session);
  }

  /** Whether it cannot be used any more: it did not answer, or was told that this is the end. */
  get isBroken(): boolean {
    return this.#isBroken;
  }

  /** Runs one statement in a transaction of its own. */
  async query<Row>(
    statement: string | Statement,
    values: readonly SqlValue[] = [],
  ): Promise<readonly Row[]> {
    if (this.#isOwn) return await this.#run<Row>(statement, values);
    return await this.transaction((sql) => sql.query<Row>(statement, values));
  }

  /** Runs `work` in one transaction; what it throws undoes everything. */
  async transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    await this.#ask(this.#begin);
    try {
      const result = await work({ query: (statement, values) => this.#run(statement, values) });
      await this.#run('COMMIT');
      return result;
    } catch (error) {
      if (!this.#isBroken) await this.#run('ROLLBACK').catch(() => {});
      throw error;
    }
  }

  async #run<Row>(
    statement: string | Statement,
    values: readonly SqlValue[] = [],
  ): Promise<readonly Row[]> {
    const text = typeof statement === 'string' ? statement : statement.text;
    const asked = typeof statement !== 'string' && this.#isOwn ? statement : { text };
    // A text without values may hold several statements, as those of a migration do.
    return await this.#ask(values.length === 0 ? asked : { ...asked, values: [...values] });
  }

  async #ask<Row>(asked: Asked): Promise<readonly Row[]> {
    try {
      const result: QueryResult = await this.#client.query(asked);
      return result.rows as Row[];
    } catch (error) {
      this.#isBroken ||= !isOfStatement(error);
      // The driver only says that the connection has ended; what the server said of it tells why.
      throw faultOf(this.#isBroken ? (this.#end ?? error) : error, this.#address);
    }
  }
}

/**
 * Whether the server's session is this client's alone. A pooler tells its clients a number of its
 * own in place of the server's process.
 */
export async function hasOwnSession(client: ClientBase, withinMs: number): Promise<boolean> {
  const asked: Asked = { text: 'SELECT pg_backend_pid() AS pid', query_timeout: withinMs };
  const { rows } = await client.query<{ pid: number }>(asked);
  const { processID } = client as Client & { readonly processID?: number | null };
  return rows[0]?.pid === processID;
}

/** Codes with which a server ends a connection; the word beside them is in its own language. */
const endings = /^(?:08|28|57P|25P0[34]|53300)/u;

/** Whether the server refused a statement, and takes others. */
function isOfStatement(error: unknown): boolean {
  if (!(error instanceof Error) || !('severity' in error)) return false;
  return 'code' in error && !endings.test(String(error.code));
}

// The pool closes what is idle by itself. The setting is not known to PostgreSQL 13.
const ownSets = [
  "SET default_transaction_isolation = 'read committed'",
  "SELECT set_config(name, '0', false) FROM pg_settings WHERE name = 'idle_session_timeout'",
];

function setsOf(settings: Settings, set: 'SET' | 'SET LOCAL'): readonly string[] {
  return Object.entries(settings).map(([name, value]) => `${set} ${name} = '${value}'`);
}
