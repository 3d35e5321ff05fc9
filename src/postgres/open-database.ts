import type { ClientConfig, Pool, PoolClient, QueryResult } from 'pg';
import type { DatabasePlace } from '../core/database-place.js';
import { CallbackError } from '../core/errors.js';
import { type Address, readAddress } from './address.js';
import type { Database, DatabaseOptions, Sql, SqlValue, Statement } from './database.js';
import { faultOf, isGivenUp } from './fault.js';
import { Listening } from './listening.js';
import { loadDriver, type PostgresDriver } from './load-driver.js';
import { migrate } from './migrate.js';

const usualSchema = 'wechaty_callback';

/** Nobody waits longer for a connection, in ms: a webhook wants to be answered. */
const connectWithinMs = 5000;
/** Nor for a statement: one that takes longer waits for something that may never come. */
const answerWithinMs = 30_000;
/** A transaction that was given up for another one is tried so often in all. */
const tries = 3;

/**
 * Opens a database. Connects with the first statement, and anew whenever a connection is lost: a
 * server that is away fails the calls made meanwhile, with `postgres-unreachable`, and no others.
 *
 * @throws CallbackError `postgres-driver-missing`, `postgres-schema-invalid`, `postgres-file`
 */
export async function openDatabase(
  place: string | DatabasePlace,
  options: DatabaseOptions = {},
): Promise<Database> {
  const address = readAddress(place);
  const schema = options.schema ?? address.schema ?? usualSchema;
  if (!/^[a-z_][a-z0-9_]{0,62}$/u.test(schema)) throw invalidSchema(schema);
  return new PooledDatabase(await loadDriver(), { address, schema, options });
}

interface Parts {
  readonly address: Address;
  readonly schema: string;
  readonly options: DatabaseOptions;
}

class PooledDatabase implements Database {
  readonly schema: string;
  readonly address: string;
  readonly #pool: Pool;
  readonly #listening: Listening;
  #closed: Promise<void> | undefined;

  constructor(driver: PostgresDriver, parts: Parts) {
    const { address, schema, options } = parts;
    const config = configOf(driver, parts);
    this.schema = schema;
    this.address = address.shown;
    this.#pool = new driver.Pool({
      ...config,
      max: options.connections ?? 6,
      allowExitOnIdle: true,
    });
    // An idle connection was lost: the pool has thrown it away, and makes another when it is needed.
    this.#pool.on('error', () => {});
    // One that is in use was lost: whoever waits for its answer is told.
    this.#pool.on('connect', (client) => client.on('error', () => {}));
    this.#listening = new Listening({
      connect: () => new driver.Client(config),
      address: this.address,
      onLost: options.onLost ?? (() => {}),
      onBack: options.onBack ?? (() => {}),
    });
  }

  query<Row>(statement: string | Statement, values?: readonly SqlValue[]): Promise<readonly Row[]> {
    return this.#sqlOf(this.#pool).query<Row>(statement, values);
  }

  async transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    for (let n = 1; ; n += 1) {
      try {
        return await this.#tryTransaction(work);
      } catch (error) {
        if (n === tries || !isGivenUp(error)) throw error;
      }
    }
  }

  async migrate(module: string, steps: readonly string[]): Promise<void> {
    const { schema, address } = this;
    await this.transaction((sql) => migrate(sql, { schema, address, module, steps }));
  }

  listen(channel: string, hear: (text: string) => void): () => void {
    return this.#listening.add(channel, hear);
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    await Promise.all([this.#listening.close(), this.#pool.end()]);
  }

  async #tryTransaction<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    const client = await this.#told(this.#pool.connect());
    const sql = this.#sqlOf(client);
    let isClean = false;
    try {
      await sql.query('BEGIN');
      const result = await work(sql);
      await sql.query('COMMIT');
      isClean = true;
      return result;
    } catch (error) {
      isClean = await sql.query('ROLLBACK').then(
        () => true,
        () => false,
      );
      throw error;
    } finally {
      // One that cannot even be rolled back is not used again.
      client.release(!isClean);
    }
  }

  #sqlOf(client: Pool | PoolClient): Sql {
    return { query: (statement, values = []) => this.#told(run(client, statement, values)) };
  }

  /** The same; what the driver throws becomes an error of ours. */
  async #told<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      throw faultOf(error, this.address);
    }
  }
}

async function run<Row>(
  client: Pool | PoolClient,
  statement: string | Statement,
  values: readonly SqlValue[],
): Promise<readonly Row[]> {
  const asked = typeof statement === 'string' ? { text: statement } : statement;
  // A text without values may hold several statements, as those of a migration do.
  const query = values.length === 0 ? asked : { ...asked, values: [...values] };
  const result: QueryResult = await client.query(query);
  return result.rows as Row[];
}

function configOf(driver: PostgresDriver, { address, schema, options }: Parts): ClientConfig {
  const settings = {
    search_path: schema,
    timezone: 'UTC',
    ...(options.durability === 'process' && { synchronous_commit: 'off' }),
    ...options.settings,
  };
  return {
    ...address.config,
    application_name: 'wechaty-callback',
    options: Object.entries(settings)
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(' '),
    connectionTimeoutMillis: connectWithinMs,
    query_timeout: answerWithinMs,
    statement_timeout: answerWithinMs,
    keepAlive: true,
    types: { getTypeParser: numbersFrom(driver) },
  };
}

/** `bigint` as a number: ours are times in ms and counters, far below 2^53. */
function numbersFrom({ types }: PostgresDriver) {
  const getTypeParser: typeof types.getTypeParser = (type, format) =>
    type === types.builtins.INT8 ? Number : types.getTypeParser(type, format);
  return getTypeParser;
}

function invalidSchema(schema: string): CallbackError {
  const shown = JSON.stringify(schema);
  return new CallbackError('postgres-schema-invalid', {
    text: {
      en: `${shown} cannot be the schema of journal.store: use lower-case letters, digits and _, beginning with a letter.`,
      zh: `${shown} 不能作为 journal.store 的 schema：只能使用小写字母、数字和下划线，并以字母开头。`,
    },
  });
}
