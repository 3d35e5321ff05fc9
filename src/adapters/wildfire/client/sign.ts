import { createHash } from 'node:crypto';

/** Who calls: the header that names him, his id, and the secret that signs. */
export interface Caller {
  /** Absent: the admin API, which knows one caller. */
  readonly header?: 'rid' | 'cid';
  readonly id?: string;
  readonly secret: string;
}

/** When and with which number a call is signed. */
export interface SignParts {
  /** Any text; the server does not remember it. */
  readonly nonce: string;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
}

/**
 * The headers that sign a call: SHA-1 of nonce, secret and time. The body is not covered. The names
 * must be in lower case: the server compares their letters.
 */
export function signedHeaders(
  { header, id, secret }: Caller,
  { nonce, timestamp }: SignParts,
): Readonly<Record<string, string>> {
  const sign = createHash('sha1').update(`${nonce}|${secret}|${timestamp}`).digest('hex');
  const who = header !== undefined && id !== undefined ? { [header]: id } : {};
  return { nonce, timestamp: String(timestamp), sign, ...who };
}
