import { EventEmitter, once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Database, DatabaseOptions } from '../../../src/postgres/database.js';
import { openDatabase } from '../../../src/postgres/open-database.js';
import { hasPgBouncer, startPgBouncer } from '../../support/postgres/pgbouncer.js';
import { type OwnServer, startServer } from '../../support/postgres/server.js';
import { hasOwnPostgres } from '../../support/postgres.js';

const patience = { timeout: 10_000, interval: 20 };

async function ask(url: string, ...statements: readonly string[]): Promise<void> {
  const client = new Client(url);
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

describe.runIf(hasOwnPostgres)('a server whose role has settings of its own', () => {
  let server: OwnServer;

  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.remove());

  /** For sessions that begin from now on. */
  const set = (settings: Readonly<Record<string, string>>) =>
    ask(
      server.url,
      'ALTER ROLE postgres RESET ALL',
      ...Object.entries(settings).map(
        ([name, value]) => `ALTER ROLE postgres SET ${name} = '${value}'`,
      ),
    );

  async function open(url = server.url, options: DatabaseOptions = {}): Promise<Database> {
    const database = await openDatabase(url, options);
    onTestFinished(() => database.close());
    return database;
  }

  async function poolerOf(mode: 'transaction'): Promise<string> {
    const pooler = await startPgBouncer(server, { mode });
    onTestFinished(() => pooler.remove());
    return pooler.url;
  }

  test.skipIf(!hasPgBouncer).each(['direct', 'transaction'] as const)(
    'waits for a lock again after lock_timeout: %s',
    async (way) => {
      await set({ lock_timeout: '50ms' });
      const url = way === 'direct' ? server.url : await poolerOf(way);
      const database = await open(url, { schema: `locks_${way}` });
      await database.migrate('try', ['CREATE TABLE n (n integer); INSERT INTO n VALUES (1)']);
      const lock = new EventEmitter();
      const held = once(lock, 'held');
      const holding = database.transaction(async (sql) => {
        await sql.query('SELECT FROM n FOR UPDATE');
        lock.emit('held');
        await sql.query('SELECT pg_sleep(0.4)');
      });
      await held;
      const work = vi.fn<() => void>();
      const changed = database.transaction(async (sql) => {
        work();
        await sql.query('UPDATE n SET n = n + 1');
      });
      const alone = database.query('UPDATE n SET n = n + 1');
      await Promise.all([holding, changed, alone]);
      expect(work.mock.calls.length).toBeGreaterThan(1);
      expect(await database.query('SELECT n FROM n')).toEqual([{ n: 3 }]);
    },
  );

  test('does a transaction again that stood still for too long', async () => {
    await set({ idle_in_transaction_session_timeout: '100ms' });
    const database = await open();
    const pauses = [400, 0];
    const done = await database.transaction(async (sql) => {
      await sql.query('SELECT 1');
      await pause(pauses.shift());
      return await sql.query('SELECT 2 AS two');
    });
    expect(done).toEqual([{ two: 2 }]);
    expect(pauses).toEqual([]);
  });

  test('keeps listening, and its connections, beyond idle_session_timeout', async () => {
    await set({ idle_session_timeout: '200ms' });
    const onLost = vi.fn<() => void>();
    const database = await open(server.url, { onLost, connections: 1 });
    const heard = vi.fn<(text: string) => void>();
    database.listen('news', heard);
    await vi.waitFor(() => expect(heard).toHaveBeenCalledWith(''), patience);
    const pid = await database.query('SELECT pg_backend_pid() AS pid');
    await pause(700);
    expect(await database.query('SELECT pg_backend_pid() AS pid')).toEqual(pid);
    await database.query('SELECT pg_notify($1, $2)', ['news', 'still']);
    await vi.waitFor(() => expect(heard).toHaveBeenCalledWith('still'), patience);
    expect(heard).toHaveBeenCalledTimes(2);
    expect(onLost).not.toHaveBeenCalled();
  });
});
