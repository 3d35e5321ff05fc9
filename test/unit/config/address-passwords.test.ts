import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JournalStore } from '../../../src/config/config.js';
import { loadConfig } from '../../../src/config/load-config.js';

async function storeOf(store: unknown, env: Readonly<Record<string, string>> = {}) {
  const source = { rules: [], journal: { store } } as never;
  return (await loadConfig(source, { env })).config.journal.store;
}

/** What was refused, in both languages. */
async function refusalOf(store: unknown, env: Readonly<Record<string, string>> = {}) {
  const error = await storeOf(store, env).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Error);
  const { text } = error as { readonly text: { readonly en: string; readonly zh: string } };
  return `${text.en}\n${text.zh}`;
}

function urlOf(store: JournalStore): URL {
  if (store.kind !== 'postgres' || !('url' in store)) throw new Error('It is no address.');
  return new URL(store.url);
}

test('a password of the environment may hold any character', async () => {
  const address = 'postgres://wechaty:${PG_PASSWORD}@db.internal:6432/wechaty?sslmode=disable';
  const password = fc.string({ unit: 'binary' }).filter((text) => !/%[\da-f]{2}/iu.test(text));
  await fc.assert(
    fc.asyncProperty(password, async (found) => {
      const url = urlOf(await storeOf(address, { PG_PASSWORD: found }));
      expect(url.host).toBe('db.internal:6432');
      expect(url.pathname).toBe('/wechaty');
      expect(decodeURIComponent(url.password)).toBe(Buffer.from(found).toString());
    }),
  );
});

test.each([
  ['postgres://${USER}:${PW}@h/db', { USER: 'a@b', PW: 'p/w?x#y%z' }, 'a@b', 'p/w?x#y%z'],
  ['postgres://me:${PW}@h/db', { PW: 'a%40b' }, 'me', 'a@b'],
  ['postgres://${BOTH}@h/db', { BOTH: 'me:p/w' }, 'me', 'p/w'],
  ['postgres://me:${NONE:-p@ss/w}@h/db', {}, 'me', 'p@ss/w'],
  ['postgres://me:50%@h/db', {}, 'me', '50%'],
])('%s with %j', async (address, env, user, password) => {
  const url = urlOf(await storeOf(address, env));
  expect(url.hostname).toBe('h');
  expect(decodeURIComponent(url.username)).toBe(user);
  expect(decodeURIComponent(url.password)).toBe(password);
});

test('a whole address of the environment is left alone', async () => {
  const address = 'postgres://me:a%2Fb@h:5433/db?sslmode=verify-full';
  expect(await storeOf('${DATABASE_URL}', { DATABASE_URL: address })).toEqual({
    kind: 'postgres',
    url: address,
  });
  const place = { HOST_AND_NAME: 'h:5433/db?schema=a' };
  expect(await storeOf('postgres://${HOST_AND_NAME}', place)).toEqual({
    kind: 'postgres',
    url: 'postgres://h:5433/db?schema=a',
  });
});

// What stands before the first / ? or # would be looked up as a host.
test.each([
  'postgres://wechaty:12/hidden@db.internal/wechaty',
  'postgres://wechaty:12?hidden@db.internal/wechaty',
  'postgres://wechaty:12#hidden@db.internal/wechaty',
  'postgres://wechaty:hidden/hidden@db.internal/wechaty',
  'postgres://wechaty:hidden@hidden/hidden@db.internal/wechaty',
  'postgres://wechaty:hidden@hidden?hidden@db.internal/wechaty',
  'mysql://wechaty:hidden/hidden@db.internal/wechaty',
])('%s is refused, and nothing of its password is shown', async (address) => {
  const said = await refusalOf(address);
  expect(said).not.toMatch(/hidden|12/u);
  const found = await refusalOf('${DATABASE_URL}', { DATABASE_URL: address });
  expect(found).not.toMatch(/hidden|12|db\.internal/u);
});

test('an address whose password is not encoded says what to do', async () => {
  const said = await refusalOf('postgres://wechaty:a/b@db.internal/wechaty');
  expect(said).toContain('%2F');
  expect(said).toContain('journal.store: {host, database, user, password}');
});

test('a database may be named key by key', async () => {
  const keys = { host: 'db.internal', database: 'wechaty', user: 'me', password: '${PW}' };
  expect(await storeOf(keys, { PW: 'p/w?#@%' })).toEqual({
    kind: 'postgres',
    server: {
      host: 'db.internal',
      port: 5432,
      database: 'wechaty',
      user: 'me',
      password: 'p/w?#@%',
      ssl: false,
    },
  });
  const all = {
    ...keys,
    port: '6432',
    password: undefined,
    passwordFile: 'pw',
    ssl: 'no-verify',
    schema: 'bots',
  };
  expect(await storeOf(all)).toEqual({
    kind: 'postgres',
    server: {
      host: 'db.internal',
      port: 6432,
      database: 'wechaty',
      user: 'me',
      passwordFile: 'pw',
      ssl: 'no-verify',
      schema: 'bots',
    },
  });
  const own = { host: 'h', database: 'd', ssl: { ca: 'ca.pem' } };
  expect(await storeOf(own)).toMatchObject({ server: { ssl: { ca: 'ca.pem' } } });
});

test.each([
  [{ database: 'd' }, 'journal.store.host'],
  [{ host: 'h', database: 'd', pasword: 'hidden' }, 'did you mean `password`'],
  [{ host: 'h', database: 'd', password: 'hidden', passwordFile: 'f' }, 'passwordFile'],
  [{ host: 'h', database: 'd', ssl: 'maybe' }, 'no-verify'],
  [{ host: 'me:hidden@h', database: 'd' }, 'journal.store.host'],
])('%j says what is wrong', async (keys, wanted) => {
  const said = await refusalOf(keys);
  expect(said).toContain(wanted);
  expect(said).not.toContain('hidden');
});
