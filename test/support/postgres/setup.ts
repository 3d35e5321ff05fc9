import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { hasPgBouncer } from './pgbouncer.js';
import { findPrograms, removeServer } from './server.js';

/** Where the tests find a PostgreSQL server. */
export interface PostgresPlace {
  /** The address of one that is given: the tests make schemas in it, and drop them. */
  readonly url?: string;
  /** Else the folder in which the first test that needs a server writes where it is. */
  readonly folder?: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    postgres: PostgresPlace;
  }
}

const variable = 'WECHATY_CALLBACK_TEST_POSTGRES';

const notRun = `The tests with PostgreSQL did not run: install Debian's package postgresql, or name a server in ${variable}=postgres://user:password@host/database.`;

const noPooler = "The tests with PgBouncer did not run: install Debian's package pgbouncer.";

/** Says where PostgreSQL is; the server that tests have started is gone when all have run. */
export default function setup({ provide }: TestProject): (() => void) | undefined {
  const url = process.env[variable];
  if (url) {
    provide('postgres', { url });
    return undefined;
  }
  if (!findPrograms()) {
    if (process.env['CI'] === 'true') throw new Error(notRun);
    console.warn(notRun);
    provide('postgres', {});
    return undefined;
  }
  if (!hasPgBouncer) {
    if (process.env['CI'] === 'true') throw new Error(noPooler);
    console.warn(noPooler);
  }
  const folder = mkdtempSync(join(tmpdir(), 'wechaty-callback-tests-'));
  provide('postgres', { folder });
  return () => {
    const started = join(folder, 'server');
    if (existsSync(started)) removeServer(readFileSync(started, 'utf8'));
    rmSync(folder, { recursive: true, force: true });
  };
}
