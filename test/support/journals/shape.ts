import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { Client } from 'pg';

/** The columns and indexes of all tables of a file, however they came about. */
export function fileShape(database: DatabaseSyncInstance): object {
  const all = (sql: string) => database.prepare(sql).all() as Record<string, unknown>[];
  const tables = all("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
  const columns = tables.flatMap(({ name }) =>
    all(`SELECT '${String(name)}' AS "table", name, type, "notnull", dflt_value, pk
      FROM pragma_table_xinfo('${String(name)}') ORDER BY name`),
  );
  const indexes = all(
    "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY name",
  ).map(({ name, sql }) => ({ name, sql: String(sql).replaceAll(/\s+/gu, ' ') }));
  return { columns, indexes };
}

const parts = {
  columns: `SELECT table_name, column_name, data_type, is_nullable, column_default, collation_name
    FROM information_schema.columns WHERE table_schema = $1 ORDER BY table_name, column_name`,
  indexes: 'SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = $1 ORDER BY indexname',
  relations: `SELECT relname, relkind, reloptions FROM pg_class
    WHERE relnamespace = $1::regnamespace ORDER BY relname`,
  functions: `SELECT pg_get_functiondef(oid) AS text FROM pg_proc
    WHERE pronamespace = $1::regnamespace ORDER BY proname`,
};

/** The same of a schema, with its sequences and functions. */
export async function schemaShape(client: Client, schema: string): Promise<object> {
  const shape: Record<string, unknown> = {};
  for (const [name, sql] of Object.entries(parts)) {
    const { rows } = await client.query(sql, [schema]);
    shape[name] = JSON.parse(JSON.stringify(rows).replaceAll(schema, 'schema'));
  }
  return shape;
}
