import type { ClientConfig, Pool, PoolClient } from 'pg';
import type { DatabasePlace } from '../core/database-place.js';
import { CallbackError } from '../core/errors.js';
import { type Address, readAddress } from './address.js';
import { Connection, type Session, type Settings } from './connection.js';
import type { Database, DatabaseOptions, Sql, SqlValue, Statement } from './database.js';
import { faultOf } from './fault.js';
import { Listening } from './listening.js';
import { loadDriver, type PostgresDriver } from './load-driver.js';
import { migrate } from './migrate.js';
import { Reachability } from './reachability.js';
import { repeated } from './repeated.js';

const usualSchema = 'wechaty_callback';

/** Nobody waits longer for a connection, in ms: a webhook wants to be answered. */
const connectWithinMs = 5000;
/** Nor for a statement: one that takes longer waits for something that may never come. */
const answerWithinMs = 30_000;

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
  readonly #session: Session;
  /** Those of the pool's clients that are ready. */
  readonly #connections = new WeakMap<PoolClient, Connection>();
  readonly #reachability: Reachability;
  readonly #listening: Listening;
  #closed: Promise<void> | undefined;

  constructor(driver: PostgresDriver, parts: Parts) {
    const { address, schema, options } = parts;
    const config = configOf(driver, address);
    this.schema = schema;
    this.address = address.shown;
    const session = { settings: settingsOf(parts), withinMs: connectWithinMs };
    this.#session = { ...session, address: address.shown };
    this.#pool = new driver.Pool({
      ...config,
      max: options.connections ?? 6,
      allowExitOnIdle: true,
    });
    // An idle connection was lost: the pool has thrown it away, and makes another when it is needed.
    this.#pool.on('error', () => {});
    // One that is in use was lost: whoever waits for its answer is told.
    this.#pool.on('connect', (client) => client.on('error', () => {}));
    const { onLost = () => {}, onBack = () => {}, onPooler = () => {} } = options;
    this.#reachability = new Reachability({ onLost, onBack });
    const listen = options.listen && readAddress(options.listen);
    const listenConfig = listen ? configOf(driver, listen) : config;
    this.#listening = new Listening({
      connect: () => new driver.Client(listenConfig),
      address: (listen ?? address).shown,
      isGiven: listen !== undefined,
      withinMs: connectWithinMs,
      onLost: (error) => this.#reachability.failed(error),
      onBack: () => this.#reachability.answered(),
      onPooler,
    });
  }

  async query<Row>(
    statement: string | Statement,
    values?: readonly SqlValue[],
  ): Promise<readonly Row[]> {
    return await repeated(() => this.#use((one) => one.query<Row>(statement, values)));
  }

  async transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    return await repeated(() => this.#use((one) => one.transaction(work)));
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

  async #use<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    try {
      const { client, connection } = await this.#connect();
      try {
        return await work(connection);
      } finally {
        client.release(connection.isBroken);
        if (!connection.isBroken) this.#reachability.answered();
      }
    } catch (error) {
      this.#reachability.failed(error);
      throw error;
    }
  }

  async #connect(): Promise<{ readonly client: PoolClient; readonly connection: Connection }> {
    let client: PoolClient | undefined;
    try {
      client = await this.#pool.connect();
      const known = this.#connections.get(client);
      const connection = known ?? (await Connection.over(client, this.#session));
      this.#connections.set(client, connection);
      return { client, connection };
    } catch (error) {
      client?.release(true);
      throw faultOf(error, this.address);
    }
  }
}

function configOf(driver: PostgresDriver, address: Address): ClientConfig {
  return {
    ...address.config,
    // A pooler knows this parameter, and few others: all else is set when the connection is there.
    application_name: 'wechaty-callback',
    connectionTimeoutMillis: connectWithinMs,
    query_timeout: answerWithinMs,
    keepAlive: true,
    types: { getTypeParser: numbersFrom(driver) },
  };
}

/** All that a role or a server may have set otherwise. */
function settingsOf({ schema, options }: Parts): Settings {
  return {
    search_path: schema,
    timezone: 'UTC',
    statement_timeout: answerWithinMs,
    ...(options.durability === 'process' && { synchronous_commit: 'off' }),
    ...options.settings,
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
