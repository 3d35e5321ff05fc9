import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { inject } from 'vitest';
import { findPrograms, startServer } from './postgres/server.js';
import { waitUntil } from './wait-until.js';

/** Whether there is a server; what needs one is not tried without, and the run says so. */
export const hasPostgres = Object.keys(inject('postgres')).length > 0;

/** Whether a server of one's own can be started, stopped and started again. */
export const hasOwnPostgres = findPrograms() !== undefined;

/** An address with a schema of its own, which nobody has made yet. */
export interface TestSchema {
  /** With `?schema=`. */
  readonly url: string;
  readonly schema: string;
  /** Drops it with all that is in it; connections must be closed before. */
  readonly drop: () => Promise<void>;
}

/** A schema for one test. Starts the server of this run when it is the first. */
export async function testSchema(): Promise<TestSchema> {
  const server = await serverUrl();
  const schema = `test_${randomBytes(6).toString('hex')}`;
  const url = new URL(server);
  url.searchParams.set('schema', schema);
  return { url: url.href, schema, drop: () => dropSchema(server, schema) };
}

async function dropSchema(url: string, schema: string): Promise<void> {
  const client = new Client(url);
  await client.connect();
  await client.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
  await client.end();
}

/** One server for all test files of a run: the first starts it, the others wait. */
async function serverUrl(): Promise<string> {
  const { url, folder } = inject('postgres');
  if (url !== undefined) return url;
  if (folder === undefined) throw new Error('There is no PostgreSQL server: see hasPostgres.');
  const file = join(folder, 'url');
  if (isFirst(folder)) {
    const server = await startServer();
    writeFileSync(join(folder, 'server'), server.folder);
    writeFileSync(`${file}.new`, server.url);
    renameSync(`${file}.new`, file);
  }
  await waitUntil('the PostgreSQL server runs', () => existsSync(file));
  return readFileSync(file, 'utf8');
}

function isFirst(folder: string): boolean {
  try {
    mkdirSync(join(folder, 'starting'));
    return true;
  } catch {
    return false;
  }
}
