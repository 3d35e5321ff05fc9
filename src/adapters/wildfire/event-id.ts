import { createHash } from 'node:crypto';
import type { CallbackKind } from './schema/callback-kinds.js';

/**
 * The id of an event that a message makes. A recall has the id of what it takes back, so the type
 * of the payload is a part of it.
 */
export function messageEventId(kind: string, messageId: string, payloadType: number): string {
  return `${kind}:${messageId}:${payloadType}`;
}

/** The same for the same body on the same path. */
export function bodyContent(kind: CallbackKind, body: Uint8Array): string {
  return `${kind}:${createHash('sha256').update(body).digest('hex').slice(0, 32)}`;
}

/** The moment of the 64-bit message ids' zero, in ms since 1970. */
const idEpochMs = 1_514_736_000_000n;

/** When a message was sent, in ms since 1970: its id holds it. 0 when there is no id. */
export function timeInMessageId(messageId: string): number {
  if (!/^\d{10,19}$/u.test(messageId)) return 0;
  return Number((BigInt(messageId) >> 21n) + idEpochMs);
}
