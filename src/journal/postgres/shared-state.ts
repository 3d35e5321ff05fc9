import { createHash } from 'node:crypto';
import type { SharedRecord, SharedState } from '../../core/shared-state.js';
import type { Database, Statement } from '../../postgres/database.js';
import { preparedDatabase } from '../../postgres/prepared-database.js';
import { newInstanceName } from '../memory-shared-state.js';

const steps = [
  `CREATE SEQUENCE shared_version;
   CREATE TABLE shared_state (
     key text COLLATE "C" PRIMARY KEY,
     value text NOT NULL,
     version bigint NOT NULL,
     until timestamptz NOT NULL
   );
   CREATE INDEX shared_state_until ON shared_state (until)`,
];

const lasting = `now() + $3 * interval '1 ms'`;
const fresh = `($1, $2, nextval('shared_version'), ${lasting})`;
const columns = '(key, value, version, until)';
const anew = 'SET value = excluded.value, version = excluded.version, until = excluded.until';

const statements = {
  get: 'SELECT value, version FROM shared_state WHERE key = $1 AND until > now()',
  add: `INSERT INTO shared_state ${columns} VALUES ${fresh}
    ON CONFLICT (key) DO UPDATE ${anew} WHERE shared_state.until <= now() RETURNING version`,
  put: `INSERT INTO shared_state ${columns} VALUES ${fresh} ON CONFLICT (key) DO UPDATE ${anew}`,
  swap: `UPDATE shared_state SET value = $2, version = nextval('shared_version'), until = ${lasting}
    WHERE key = $1 AND version = $4 AND until > now() RETURNING version`,
  remove: 'DELETE FROM shared_state WHERE key = $1 AND ($2::bigint IS NULL OR version = $2)',
  list: `SELECT key, value, version FROM shared_state
    WHERE key >= $1 AND key < $2 AND until > now() ORDER BY key`,
  sweep: 'DELETE FROM shared_state WHERE until <= now()',
} as const;

/** One name for one text: a connection plans each only once. */
function statement(name: keyof typeof statements): Statement {
  return { name: `shared-${name}`, text: statements[name] };
}

/** Greater than every character of a key, which are those of addresses. */
const last = '\u{10FFFF}';
/** Keys are indexed, and an index has no room for endless ones. */
const maxKeyLength = 1000;

/**
 * The shared records of a database, under a name of this instance. Nothing is asked of the server
 * yet; the table is made before the first call. The database is closed with it.
 */
export function openPostgresSharedState(
  database: Database,
  instance: string = newInstanceName(),
): SharedState {
  return new PostgresRecords(preparedDatabase(database, 'shared-state', steps), instance);
}

class PostgresRecords implements SharedState {
  readonly instance: string;
  readonly #database: Database;

  constructor(database: Database, instance: string) {
    this.#database = database;
    this.instance = instance;
  }

  async get(key: string): Promise<SharedRecord | undefined> {
    const [record] = await this.#database.query<SharedRecord>(statement('get'), [short(key)]);
    return record;
  }

  async add(key: string, value: string, lifeMs: number): Promise<SharedRecord | undefined> {
    for (;;) {
      const values = [short(key), value, lifeMs];
      const added = await this.#database.query(statement('add'), values);
      if (added.length > 0) return undefined;
      const there = await this.get(key);
      // It has ended, or was removed, in between.
      if (there !== undefined) return there;
    }
  }

  async put(key: string, value: string, lifeMs: number): Promise<void> {
    await this.#database.query(statement('put'), [short(key), value, lifeMs]);
  }

  async swap(
    key: string,
    version: number,
    { value, lifeMs }: { readonly value: string; readonly lifeMs: number },
  ): Promise<number | undefined> {
    const values = [short(key), value, lifeMs, version];
    const [swapped] = await this.#database.query<{ version: number }>(statement('swap'), values);
    return swapped?.version;
  }

  async remove(key: string, version?: number): Promise<void> {
    await this.#database.query(statement('remove'), [short(key), version ?? null]);
  }

  async list(prefix: string): Promise<ReadonlyMap<string, SharedRecord>> {
    const rows = await this.#database.query<SharedRecord & { key: string }>(statement('list'), [
      prefix,
      prefix + last,
    ]);
    return new Map(rows.map(({ key, value, version }) => [key, { value, version }]));
  }

  async sweep(): Promise<void> {
    await this.#database.query(statement('sweep'));
  }

  async close(): Promise<void> {
    await this.#database.close();
  }
}

/** The key itself, or, of one that is too long, its beginning and a digest of it. */
function short(key: string): string {
  if (key.length <= maxKeyLength) return key;
  const digest = createHash('sha256').update(key).digest('hex');
  return `${key.slice(0, maxKeyLength - digest.length)}${digest}`;
}
