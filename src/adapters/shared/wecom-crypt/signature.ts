import { createHash, timingSafeEqual } from 'node:crypto';

/** The parameters of the query that a signature covers, as received: opaque texts. */
export interface Signed {
  /** `msg_signature`. */
  readonly signature: string;
  readonly timestamp: string;
  readonly nonce: string;
}

/**
 * SHA-1 over the four values, sorted and joined with nothing, in lower-case hex.
 * Source: WeCom D90968.
 *
 * @param encrypted the base64 text as received, not decoded
 */
export function signatureOf(
  token: string,
  timestamp: string,
  nonce: string,
  encrypted: string,
): string {
  // By code units, which is by bytes for the ASCII that all four are.
  const joined = [token, timestamp, nonce, encrypted].toSorted().join('');
  return createHash('sha1').update(joined).digest('hex');
}

/** Compares in constant time. Never throws, whatever a query string was parsed into. */
export function isSameSignature(given: unknown, expected: string): boolean {
  if (typeof given !== 'string' || !/^[0-9a-f]{40}$/u.test(given)) return false;
  return timingSafeEqual(Buffer.from(given, 'latin1'), Buffer.from(expected, 'latin1'));
}
