import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { ClientConfig } from 'pg';
import type { DatabasePlace, DatabaseServer, DatabaseTls } from '../core/database-place.js';
import { nameOf } from '../core/errors.js';
import { postgresFault } from './fault.js';

/** Where a database is, as the driver wants to know it. */
export interface Address {
  /** With user and password, without what is ours. */
  readonly config: ClientConfig;
  /** For people. */
  readonly shown: string;
  /** `?schema=` of the address, or the key. */
  readonly schema?: string;
}

/**
 * Takes a place apart; an address is one that `URL` can parse.
 *
 * @throws CallbackError `postgres-file` when the certificates cannot be read
 */
export function readAddress(place: string | DatabasePlace): Address {
  if (typeof place === 'string') return fromUrl(place);
  return 'url' in place ? fromUrl(place.url) : fromServer(place.server);
}

function fromUrl(url: string): Address {
  const parsed = new URL(url);
  const schema = parsed.searchParams.get('schema');
  parsed.searchParams.delete('schema');
  sayWhatIsChecked(parsed.searchParams);
  const { host, pathname } = parsed;
  return {
    config: { connectionString: parsed.href },
    shown: `${host}${pathname}`,
    ...(schema !== null && { schema }),
  };
}

/** The driver checks the certificate in all of these, warns of it, and means to do so no longer one day. */
function sayWhatIsChecked(query: URLSearchParams): void {
  const isLibpq = query.get('uselibpqcompat') === 'true';
  const isChecked = ['prefer', 'require', 'verify-ca'].includes(query.get('sslmode') ?? '');
  if (isChecked && !isLibpq) query.set('sslmode', 'verify-full');
}

function fromServer(server: DatabaseServer): Address {
  const { host, port, database, user, password, passwordFile, ssl, schema } = server;
  return {
    config: {
      host,
      port,
      database,
      ssl: tlsOf(ssl),
      ...(user !== undefined && { user }),
      ...(password !== undefined && { password }),
      ...(passwordFile !== undefined && { password: () => passwordIn(passwordFile) }),
    },
    shown: `${host}:${port}/${database}`,
    ...(schema !== undefined && { schema }),
  };
}

function tlsOf(ssl: DatabaseTls): ClientConfig['ssl'] {
  if (ssl === 'no-verify') return { rejectUnauthorized: false };
  if (typeof ssl === 'boolean') return ssl;
  try {
    return { ca: readFileSync(ssl.ca, 'utf8') };
  } catch (error) {
    throw postgresFault('file', ssl.ca, nameOf(error), error);
  }
}

/** For every connection anew: passwords are changed while programs run. */
async function passwordIn(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).replace(/\r?\n$/u, '');
  } catch (error) {
    throw postgresFault('file', file, nameOf(error), error);
  }
}
