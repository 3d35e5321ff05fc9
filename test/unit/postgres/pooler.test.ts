import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Database, DatabaseOptions } from '../../../src/postgres/database.js';
import { openDatabase } from '../../../src/postgres/open-database.js';
import { hasPgBouncer, type Pooler, startPgBouncer } from '../../support/postgres/pgbouncer.js';
import { type OwnServer, startServer } from '../../support/postgres/server.js';
import { hasOwnPostgres } from '../../support/postgres.js';

const patience = { timeout: 10_000, interval: 20 };

async function open(url: string, options: DatabaseOptions = {}): Promise<Database> {
  const database = await openDatabase(url, options);
  onTestFinished(() => database.close());
  return database;
}

/** Answers the rows of the last statement. */
async function ask(url: string, ...statements: readonly string[]): Promise<unknown[]> {
  const client = new Client(url);
  await client.connect();
  let rows: unknown[] = [];
  for (const statement of statements) ({ rows } = await client.query(statement));
  await client.end();
  return rows;
}

function withQuery(url: string, query: Readonly<Record<string, string>>): string {
  const parsed = new URL(url);
  for (const [name, value] of Object.entries(query)) parsed.searchParams.set(name, value);
  return parsed.href;
}

const named = {
  name: 'try.settings',
  text: `SELECT current_setting('search_path') AS path, current_setting('jit') AS jit,
    current_setting('statement_timeout') AS timeout, current_setting('TimeZone') AS zone,
    current_setting('transaction_isolation') AS isolation, $1::integer AS n`,
};
const settings = {
  path: 'bots',
  jit: 'off',
  timeout: '30s',
  zone: 'UTC',
  isolation: 'read committed',
};

let server: OwnServer;

beforeAll(async () => {
  if (!hasOwnPostgres) return;
  server = await startServer();
  const otherwise = {
    default_transaction_isolation: 'serializable',
    statement_timeout: '1s',
    timezone: 'Asia/Shanghai',
    jit: 'on',
  };
  const changes = Object.entries(otherwise).map(
    ([name, value]) => `ALTER ROLE postgres SET ${name} = '${value}'`,
  );
  await ask(server.url, ...changes);
});

afterAll(() => server?.remove());

test.runIf(hasOwnPostgres)(
  'without a pooler, nothing of a role or an address replaces ours',
  async () => {
    const options = '-c search_path=public -c statement_timeout=1ms -c jit=on';
    const url = withQuery(server.url, { schema: 'bots', options });
    const database = await open(url, { settings: { jit: 'off' } });
    expect(await database.query(named, [1])).toEqual([{ ...settings, n: 1 }]);
    await database.migrate('direct', ['CREATE TABLE direct (n integer)']);
    const where = "SELECT schemaname AS name FROM pg_tables WHERE tablename = 'direct'";
    expect(await ask(server.url, where)).toEqual([{ name: 'bots' }]);
  },
);

describe.runIf(hasOwnPostgres && hasPgBouncer).each(['session', 'transaction'] as const)(
  'PgBouncer in %s mode',
  (mode) => {
    let pooler: Pooler;

    beforeAll(async () => {
      // In transaction mode, one connection for all: whatever stays behind in it would be seen.
      pooler = await startPgBouncer(server, { mode, size: mode === 'session' ? 20 : 1 });
    });
    afterAll(() => pooler.remove());

    test('runs every statement with our settings', async () => {
      const database = await open(withQuery(pooler.url, { schema: 'bots' }), {
        settings: { jit: 'off' },
      });
      const asked = Array.from({ length: 12 }, (_, n) =>
        n % 2 === 0
          ? database.query<{ n: number }>(named, [n])
          : database.transaction((sql) => sql.query<{ n: number }>(named, [n])),
      );
      const found = (await Promise.all(asked)).flat();
      expect(found).toEqual(found.map((_, n) => ({ ...settings, n })));
    });

    test('makes tables in our schema, of several programs at once', async () => {
      const names = ['one', 'two', 'three'].map((name) => `${name}_${mode}`);
      const databases = await Promise.all(
        names.map((schema) => open(withQuery(pooler.url, { schema }))),
      );
      const steps = ['CREATE TABLE pooled (n integer)'];
      await Promise.all(databases.map((database) => database.migrate('pooled', steps)));
      await Promise.all(
        databases.map((database, n) => database.query('INSERT INTO pooled VALUES ($1)', [n])),
      );
      const rows = await Promise.all(databases.map((one) => one.query('SELECT n FROM pooled')));
      expect(rows).toEqual([[{ n: 0 }], [{ n: 1 }], [{ n: 2 }]]);
      const where = `SELECT count(*)::integer AS count FROM pg_tables
        WHERE schemaname = 'public'`;
      expect(await ask(server.url, where)).toEqual([{ count: 0 }]);
    });

    test('leaves nothing behind for other users of the pooler', async () => {
      const database = await open(withQuery(pooler.url, { schema: 'bots' }));
      await database.query(named, [1]);
      const left = `SELECT current_setting('search_path') AS path,
        (SELECT count(*)::integer FROM pg_prepared_statements) AS prepared,
        (SELECT count(*)::integer FROM pg_listening_channels()) AS channels`;
      expect(await ask(pooler.url, left)).toEqual([
        { path: '"$user", public', prepared: 0, channels: 0 },
      ]);
    });

    test('says that nothing is heard through it, and listens around it', async () => {
      const onPooler = vi.fn<() => void>();
      const deaf = await open(pooler.url, { onPooler });
      deaf.listen('news', () => {});
      await vi.waitFor(() => expect(onPooler).toHaveBeenCalledTimes(1), patience);
      const database = await open(pooler.url, { onPooler, listen: { url: server.url } });
      const heard = vi.fn<(text: string) => void>();
      database.listen('news', heard);
      await vi.waitFor(() => expect(heard).toHaveBeenCalledWith(''), patience);
      await deaf.query('SELECT pg_notify($1, $2)', ['news', '你好']);
      await vi.waitFor(() => expect(heard).toHaveBeenCalledWith('你好'), patience);
      expect(onPooler).toHaveBeenCalledTimes(1);
    });

    test('that does not know a parameter of the address is told apart from one that is away', async () => {
      const database = await open(withQuery(pooler.url, { options: '-c search_path=public' }));
      await expect(database.query('SELECT 1')).rejects.toMatchObject({ code: 'postgres-pooler' });
    });
  },
);

describe.runIf(hasOwnPostgres && hasPgBouncer)('PgBouncer', () => {
  test('in session mode hears where it is named for listening', async () => {
    const pooler = await startPgBouncer(server, { mode: 'session' });
    onTestFinished(() => pooler.remove());
    const database = await open(pooler.url, { listen: { url: pooler.url } });
    const heard = vi.fn<(text: string) => void>();
    database.listen('news', heard);
    await vi.waitFor(() => expect(heard).toHaveBeenCalledWith(''), patience);
    await database.query('SELECT pg_notify($1, $2)', ['news', '你好']);
    await vi.waitFor(() => expect(heard).toHaveBeenCalledWith('你好'), patience);
  });

  test('in statement mode is refused, with the way out', async () => {
    const pooler = await startPgBouncer(server, { mode: 'statement' });
    onTestFinished(() => pooler.remove());
    const database = await open(pooler.url);
    const error = await database.query('SELECT 1').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'postgres-pooler' });
    expect(String(error)).toContain('pool_mode must be session or transaction');
  });
});
