import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Database, DatabaseOptions } from '../../../src/postgres/database.js';
import { openDatabase } from '../../../src/postgres/open-database.js';
import { startServer } from '../../support/postgres/server.js';
import { hasOwnPostgres, hasPostgres, testSchema } from '../../support/postgres.js';

const patience = { timeout: 90_000, interval: 20 };

async function open(
  options: DatabaseOptions = {},
  url?: string,
): Promise<Database & { again: () => Promise<Database> }> {
  const { url: own, drop } = await testSchema();
  const address = url ?? own;
  const opened: Database[] = [];
  const again = async () => {
    const database = await openDatabase(address, options);
    opened.push(database);
    return database;
  };
  const database = await again();
  onTestFinished(async () => {
    await Promise.all(opened.map((one) => one.close()));
    await drop();
  });
  return Object.assign(database, { again });
}

describe.runIf(hasPostgres)('a database', () => {
  test('answers rows, whole numbers as numbers', async () => {
    const database = await open();
    expect(
      await database.query('SELECT $1::bigint AS n, $2::text[] AS list', [7, ['订阅']]),
    ).toEqual([{ n: 7, list: ['订阅'] }]);
  });

  test('keeps everything of a transaction or nothing', async () => {
    const database = await open();
    await database.migrate('try', ['CREATE TABLE numbers (n integer)']);
    await database.transaction((sql) => sql.query('INSERT INTO numbers VALUES (1)'));
    const failing = database.transaction(async (sql) => {
      await sql.query('INSERT INTO numbers VALUES (2)');
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await database.query('SELECT n FROM numbers')).toEqual([{ n: 1 }]);
  });

  test('tries a transaction again that was given up for another', async () => {
    const database = await open();
    await database.migrate('try', ['CREATE TABLE n (n integer); INSERT INTO n VALUES (1), (2)']);
    const lockBoth = (first: number, second: number) =>
      database.transaction(async (sql) => {
        await sql.query('SELECT FROM n WHERE n = $1 FOR UPDATE', [first]);
        await sql.query('SELECT pg_sleep(0.2)');
        await sql.query('SELECT FROM n WHERE n = $1 FOR UPDATE', [second]);
        return 'done';
      });
    expect(await Promise.all([lockBoth(1, 2), lockBoth(2, 1)])).toEqual(['done', 'done']);
  });

  test('is brought up to date once, however many start at the same time', async () => {
    const database = await open();
    const others = await Promise.all([1, 2, 3, 4, 5].map(() => database.again()));
    const steps = ['CREATE TABLE one (n integer)', 'CREATE TABLE two (n integer)'];
    await Promise.all(others.map((other) => other.migrate('try', steps)));
    await database.migrate('try', [...steps, 'CREATE TABLE three (n integer)']);
    expect(await database.query('SELECT module, steps FROM migrations')).toEqual([
      { module: 'try', steps: 3 },
    ]);
  });

  test('is left alone by an older version', async () => {
    const database = await open();
    await database.migrate('try', ['CREATE TABLE one (n integer)', 'CREATE TABLE two (n integer)']);
    await expect(database.migrate('try', ['CREATE TABLE one (n integer)'])).rejects.toMatchObject({
      code: 'postgres-too-new',
    });
  });

  test('hears what others send', async () => {
    const database = await open();
    const heard = vi.fn<(text: string) => void>();
    const stop = database.listen('a "channel"', heard);
    await vi.waitFor(() => expect(heard).toHaveBeenCalledWith(''), patience);
    const other = await database.again();
    await other.query('SELECT pg_notify($1, $2)', ['a "channel"', '你好']);
    await vi.waitFor(() => expect(heard).toHaveBeenCalledWith('你好'), patience);
    stop();
  });
});

describe('an address', () => {
  test('says what is wrong with a schema', async () => {
    await expect(openDatabase('postgres://h/db?schema=a"b')).rejects.toMatchObject({
      code: 'postgres-schema-invalid',
    });
  });

  test('is shown without user and password when nobody is there', async () => {
    const database = await openDatabase('postgres://me:secret@127.0.0.1:1/db');
    onTestFinished(() => database.close());
    const error = await database.query('SELECT 1').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'postgres-unreachable' });
    expect(String(error)).toContain('127.0.0.1:1/db');
    expect(String(error)).not.toMatch(/secret|me:/u);
  });
});

describe.runIf(hasOwnPostgres)('a server that stops', () => {
  test('fails the calls made meanwhile, and no others', async () => {
    const server = await startServer();
    const onLost = vi.fn<() => void>();
    const onBack = vi.fn<() => void>();
    const database = await openDatabase(server.url, { onLost, onBack });
    onTestFinished(async () => {
      await database.close();
      server.remove();
    });
    const heard = vi.fn<(text: string) => void>();
    database.listen('news', heard);
    await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(1), patience);
    const underWay = database.transaction((sql) => sql.query('SELECT pg_sleep(20)'));
    const failed = underWay.catch((error: unknown) => error);
    await new Promise((resolve) => setTimeout(resolve, 200));
    await server.stop();
    expect(await failed).toMatchObject({ code: 'postgres-unreachable' });
    await vi.waitFor(() => expect(onLost).toHaveBeenCalledTimes(1), patience);
    await expect(database.query('SELECT 1')).rejects.toMatchObject({
      code: 'postgres-unreachable',
    });
    await server.start();
    await vi.waitFor(() => expect(onBack).toHaveBeenCalledTimes(1), patience);
    expect(heard).toHaveBeenLastCalledWith('');
    expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(onLost).toHaveBeenCalledTimes(1);
  });
});
