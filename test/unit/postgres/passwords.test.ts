import { readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { loadConfig } from '../../../src/config/load-config.js';
import { type DatabasePlace, placeFrom } from '../../../src/core/database-place.js';
import { openDatabase } from '../../../src/postgres/open-database.js';
import { type OwnServer, startServer } from '../../support/postgres/server.js';
import { hasOwnPostgres } from '../../support/postgres.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const password = 'p/w?#@%:1';

async function ask(url: string, ...statements: readonly string[]): Promise<void> {
  const client = new Client(url);
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

async function placeOf(store: unknown, env: Readonly<Record<string, string>>) {
  const { config } = await loadConfig({ rules: [], journal: { store } }, { env });
  if (config.journal.store.kind !== 'postgres') throw new Error('It is no database.');
  return config.journal.store;
}

/** The name of the user who is let in. */
async function loginAt(place: DatabasePlace): Promise<string | undefined> {
  const database = await openDatabase(place);
  try {
    const [row] = await database.query<{ name: string }>('SELECT current_user AS name');
    return row?.name;
  } finally {
    await database.close();
  }
}

async function refusalAt(place: DatabasePlace): Promise<string> {
  const error = await loginAt(place).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'postgres-refused' });
  const { text } = error as { readonly text: { readonly en: string; readonly zh: string } };
  return `${text.en}\n${text.zh}`;
}

describe.runIf(hasOwnPostgres)('a server that asks for a password', () => {
  let server: OwnServer;
  let port: number;

  beforeAll(async () => {
    server = await startServer();
    port = Number(new URL(server.url).port);
    await ask(server.url, `CREATE ROLE locked LOGIN PASSWORD '${password}'`);
    const hba = join(server.folder, 'data', 'pg_hba.conf');
    const rules = readFileSync(hba, 'utf8');
    writeFileSync(hba, `host all locked 127.0.0.1/32 scram-sha-256\n${rules}`);
    await ask(server.url, 'SELECT pg_reload_conf()');
    return () => server.remove();
  });

  test('lets in with any character of it, however it is told', async () => {
    const folder = temporaryFolder();
    folder.write('password', `${password}\n`);
    const env = { PW: password };
    const keys = { host: '127.0.0.1', port, database: 'postgres', user: 'locked' };
    const stores = [
      `postgres://locked:\${PW}@127.0.0.1:${port}/postgres`,
      `postgres://locked:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`,
      { ...keys, password: '${PW}' },
      { ...keys, passwordFile: 'password' },
    ];
    for (const store of stores) {
      expect(await loginAt(placeFrom(folder.path, await placeOf(store, env)))).toBe('locked');
    }
  });

  test('reads the file anew for every connection', async () => {
    const folder = temporaryFolder();
    folder.write('password', 'hidden');
    const keys = { host: '127.0.0.1', port, database: 'postgres', user: 'locked' };
    const store = await placeOf({ ...keys, passwordFile: 'password' }, {});
    const database = await openDatabase(placeFrom(folder.path, store));
    onTestFinished(() => database.close());
    await expect(database.query('SELECT 1')).rejects.toMatchObject({ code: 'postgres-refused' });
    unlinkSync(join(folder.path, 'password'));
    await expect(database.query('SELECT 1')).rejects.toMatchObject({ code: 'postgres-file' });
    folder.write('password', password);
    expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  test('says nothing of a password that is wrong', async () => {
    const address = `postgres://locked:\${PW}@127.0.0.1:${port}/postgres`;
    const said = await refusalAt(await placeOf(address, { PW: 'hid/den?#@%' }));
    expect(said).toContain(`127.0.0.1:${port}/postgres`);
    expect(said).not.toMatch(/hid|den|locked/u);
  });
});

test('a file of certificates that is not there is named', async () => {
  const ssl = { ca: '/nowhere/ca.pem' };
  const server = { host: '127.0.0.1', port: 1, database: 'd', ssl } as const;
  const error = await loginAt({ server }).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'postgres-file' });
  expect(String(error)).toContain('/nowhere/ca.pem');
});
