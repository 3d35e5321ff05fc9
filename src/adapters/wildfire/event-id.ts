import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../../core/clock.js';
import type { CallbackKind } from './schema/callback-kinds.js';

/** How long the same body is a repetition, in ms: OkHttp repeats at once, people do not. */
const repetitionMs = 10_000;
const maxBodies = 10_000;

/**
 * The id of an event that a message makes. A recall has the id of what it takes back, so the type
 * of the payload is a part of it.
 */
export function messageEventId(kind: string, messageId: string, payloadType: number): string {
  return `${kind}:${messageId}:${payloadType}`;
}

/** Ids of bodies that bring none. */
export interface BodyIds {
  /** Equal bodies within ten seconds have one id; later ones tell of something new. */
  of(kind: CallbackKind, body: Uint8Array): string;
}

/** Makes ids of bodies: many events have neither an id nor a time, so both happen twice alike. */
export function createBodyIds(clock: Pick<Clock, 'now'>): BodyIds {
  const seen = new LRUCache<string, { readonly at: number; readonly id: string }>({
    max: maxBodies,
  });
  return {
    of: (kind, body) => {
      const hash = createHash('sha256').update(body).digest('hex').slice(0, 32);
      const key = `${kind}:${hash}`;
      const now = clock.now();
      const before = seen.get(key);
      if (before && now - before.at < repetitionMs) return before.id;
      const fresh = { at: now, id: `${key}:${now}` };
      seen.set(key, fresh);
      return fresh.id;
    },
  };
}

/** The moment of the 64-bit message ids' zero, in ms since 1970. */
const idEpochMs = 1_514_736_000_000n;

/** When a message was sent, in ms since 1970: its id holds it. 0 when there is no id. */
export function timeInMessageId(messageId: string): number {
  if (!/^\d{10,19}$/u.test(messageId)) return 0;
  return Number((BigInt(messageId) >> 21n) + idEpochMs);
}
