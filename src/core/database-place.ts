import { resolve } from 'node:path';

/** How the way to a server is encrypted. */
export type DatabaseTls =
  /** Encrypted, and the certificate is checked; `false`: not encrypted. */
  | boolean
  /** Encrypted, whatever the certificate. */
  | 'no-verify'
  /** Encrypted, and the certificate is checked against those in this file (PEM). */
  | { readonly ca: string };

/** A database, key by key. */
export interface DatabaseServer {
  /** A name, an address, or the folder of a socket. */
  readonly host: string;
  readonly port: number;
  readonly database: string;
  /** Default: as the driver finds it, e.g. in `PGUSER`. */
  readonly user?: string;
  readonly password?: string;
  /** A file that holds the password in place of `password`; read for every new connection. */
  readonly passwordFile?: string;
  readonly ssl: DatabaseTls;
  /** Holds all tables. */
  readonly schema?: string;
}

/** Where a database is: an address, with user and password, or each part of it by itself. */
export type DatabasePlace = { readonly url: string } | { readonly server: DatabaseServer };

/** The same place; relative files in it count from `directory`. */
export function placeFrom(directory: string, place: DatabasePlace): DatabasePlace {
  if ('url' in place) return place;
  const { passwordFile, ssl, ...server } = place.server;
  return {
    server: {
      ...server,
      ssl: typeof ssl === 'object' ? { ca: resolve(directory, ssl.ca) } : ssl,
      ...(passwordFile !== undefined && { passwordFile: resolve(directory, passwordFile) }),
    },
  };
}
