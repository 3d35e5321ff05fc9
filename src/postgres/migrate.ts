import type { Sql } from './database.js';
import { postgresFault } from './fault.js';

/** Any number that nobody else uses: one migration at a time in a database. */
const lockId = 7_763_634;

/** What is brought up to date. */
export interface Migration {
  readonly schema: string;
  readonly address: string;
  readonly module: string;
  readonly steps: readonly string[];
}

/**
 * Takes the steps that a module's tables lack; to be run in a transaction, whose end frees the lock.
 *
 * @throws CallbackError `postgres-too-new`
 */
export async function migrate(sql: Sql, migration: Migration): Promise<void> {
  const { schema, address, module, steps } = migration;
  if ((await stepsTaken(sql, migration)) === steps.length) return;
  await sql.query(`SELECT pg_advisory_xact_lock(${lockId})`);
  await sql.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
  await checkSchema(sql, migration);
  await sql.query(
    'CREATE TABLE IF NOT EXISTS migrations (module text PRIMARY KEY, steps integer NOT NULL)',
  );
  const taken = await stepsTaken(sql, migration);
  if (taken > steps.length) throw postgresFault('too-new', address, `${module} ${taken}`);
  for (const step of steps.slice(taken)) await sql.query(step);
  await sql.query(
    `INSERT INTO migrations VALUES ($1, $2)
      ON CONFLICT (module) DO UPDATE SET steps = excluded.steps`,
    [module, steps.length],
  );
}

/** Tables must never be made in another schema, whatever stands between us and the server. */
async function checkSchema(sql: Sql, { schema, address }: Migration): Promise<void> {
  const [present] = await sql.query<{ name: string }>('SELECT current_schema() AS name');
  if (present?.name !== schema) throw postgresFault('failed', address, 'search_path');
}

/** Without a lock, so that a start among running programs waits for nobody. */
async function stepsTaken(sql: Sql, { schema, module }: Migration): Promise<number> {
  const [there] = await sql.query<{ there: boolean }>(
    'SELECT to_regclass($1) IS NOT NULL AS there',
    [`${schema}.migrations`],
  );
  if (!there?.there) return 0;
  const [row] = await sql.query<{ steps: number }>(
    'SELECT steps FROM migrations WHERE module = $1',
    [module],
  );
  return row?.steps ?? 0;
}
