import type * as Driver from 'pg';
import { nameOf } from '../core/errors.js';
import { postgresFault } from './fault.js';

/** The driver, as `import 'pg'` gives it. */
export type PostgresDriver = typeof Driver;

/**
 * Loads `pg`, which only those install who keep their journal in PostgreSQL.
 *
 * @throws CallbackError `postgres-driver-missing`
 */
export async function loadDriver(): Promise<PostgresDriver> {
  try {
    return await import('pg');
  } catch (error) {
    throw postgresFault('driver-missing', '', nameOf(error), error);
  }
}
