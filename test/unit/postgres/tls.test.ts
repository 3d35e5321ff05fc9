import { execFileSync } from 'node:child_process';
import { chownSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DatabasePlace, DatabaseTls } from '../../../src/core/database-place.js';
import { openDatabase } from '../../../src/postgres/open-database.js';
import { type OwnServer, startServer } from '../../support/postgres/server.js';
import { hasOwnPostgres } from '../../support/postgres.js';

async function ask(url: string, ...statements: readonly string[]): Promise<void> {
  const client = new Client(url);
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

/** Makes a certificate that nobody has signed but itself; answers its file. */
function makeCertificate(data: string): string {
  const [key, certificate] = [join(data, 'server.key'), join(data, 'server.crt')];
  const names = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const how = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key];
  execFileSync('openssl', ['req', ...how, '-out', certificate, ...names], { stdio: 'pipe' });
  const { uid, gid } = statSync(data);
  for (const file of [key, certificate]) chownSync(file, uid, gid);
  return certificate;
}

/** `in`, or the code of the error. */
async function enter(place: DatabasePlace): Promise<string> {
  const database = await openDatabase(place);
  try {
    await database.query('SELECT 1');
    return 'in';
  } catch (error) {
    return (error as { readonly code: string }).code;
  } finally {
    await database.close();
  }
}

describe.runIf(hasOwnPostgres)('a server with TLS', () => {
  let server: OwnServer;
  let certificate: string;
  const by = (query: string) => ({ url: `${server.url}?${query}` });
  const byKeys = (ssl: DatabaseTls, user = 'postgres') => {
    const port = Number(new URL(server.url).port);
    return { server: { host: '127.0.0.1', port, database: 'postgres', user, ssl } };
  };

  beforeAll(async () => {
    server = await startServer();
    expect(await enter(by('sslmode=require'))).toBe('postgres-no-tls');
    expect(await enter(byKeys(true))).toBe('postgres-no-tls');
    const data = join(server.folder, 'data');
    certificate = makeCertificate(data);
    const hba = join(data, 'pg_hba.conf');
    const rules = readFileSync(hba, 'utf8');
    const ours =
      'hostssl all guarded 127.0.0.1/32 trust\nhostnossl all guarded 127.0.0.1/32 reject\n';
    writeFileSync(hba, ours + rules);
    await ask(server.url, 'CREATE ROLE guarded LOGIN', 'ALTER SYSTEM SET ssl = on');
    await ask(server.url, 'SELECT pg_reload_conf()');
  });
  afterAll(() => server.remove());

  test.each([
    ['sslmode=disable', 'in'],
    ['sslmode=no-verify', 'in'],
    ['sslmode=prefer', 'postgres-certificate'],
    ['sslmode=require', 'postgres-certificate'],
    ['sslmode=verify-ca', 'postgres-certificate'],
    ['sslmode=verify-full', 'postgres-certificate'],
    ['sslmode=verify-full&sslrootcert=/nowhere/ca.pem', 'postgres-file'],
    ['sslmode=require&uselibpqcompat=true', 'in'],
  ])('%s: %s', async (query, wanted) => {
    expect(await enter(by(query))).toBe(wanted);
  });

  test('is trusted by its own certificate, in an address and key by key', async () => {
    const root = encodeURIComponent(certificate);
    expect(await enter(by(`sslmode=verify-full&sslrootcert=${root}`))).toBe('in');
    expect(await enter(byKeys({ ca: certificate }))).toBe('in');
    expect(await enter(byKeys('no-verify'))).toBe('in');
    expect(await enter(byKeys(true))).toBe('postgres-certificate');
  });

  test('says what to do without encryption where it is asked for, and for an unknown user', async () => {
    expect(await enter(byKeys(false, 'guarded'))).toBe('postgres-not-admitted');
    expect(await enter(byKeys('no-verify', 'guarded'))).toBe('in');
    expect(await enter(byKeys(false, 'nobody-at-all'))).toBe('postgres-not-admitted');
  });
});
