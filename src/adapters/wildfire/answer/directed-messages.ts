import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { Clock } from '../../../core/clock.js';
import { textOf } from '../../../core/errors.js';
import type { Logger } from '../../../core/logger.js';
import { sharedKey } from '../../../core/shared-state.js';
import type { StreamStore } from '../../../core/stream-store.js';
import { tryLosslessJson } from '../../shared/lossless-json.js';
import type { Sharing } from '../../shared/sharing.js';

/** How long it is known, in ms. */
const keptMs = 24 * 3_600_000;
const maxKnown = 10_000;
const prefix = 'directed/';
const userIdsSchema = z.array(z.string());

/** What keeping takes. */
export interface DirectedMessagesOptions {
  readonly store: StreamStore;
  readonly sharing: Sharing;
  readonly clock: Pick<Clock, 'now'>;
  /** The adapter's. */
  readonly name: string;
  readonly logger: Logger;
}

/** To whom answers go that are not for a whole group, for a day, beyond the process. */
export interface DirectedMessages {
  /** The same store: what is known of directed messages is read when it is opened. */
  readonly store: StreamStore;
  /**
   * Resolves when it is durable, and other instances can know it. Never rejects: the log says what
   * could not be kept.
   */
  remember(eventId: string, userIds: readonly string[]): Promise<void>;
  /** Absent: the event was not directed. Never rejects. */
  of(eventId: string): Promise<readonly string[] | undefined>;
}

/**
 * A group is one conversation to Wechaty, whoever gets what is said in it; so it is known by the event
 * that is answered to whom the answer goes.
 */
export function createDirectedMessages(options: DirectedMessagesOptions): DirectedMessages {
  const { store, sharing, clock, name, logger } = options;
  const known = new LRUCache<string, readonly string[]>({ max: maxKnown });
  const keyOf = (eventId: string) => sharedKey('directed', name, eventId);
  const take = (eventId: string, value: string) => {
    const { data } = userIdsSchema.safeParse(tryLosslessJson(value));
    if (data) known.set(eventId, data);
    return data;
  };
  return {
    store: {
      open: async () => {
        const records = await store.open();
        for (const [key, { value }] of records) {
          if (key.startsWith(prefix)) take(key.slice(prefix.length), value);
        }
        return records;
      },
      put: (...record) => store.put(...record),
      close: () => store.close(),
    },
    remember: async (eventId, userIds) => {
      known.set(eventId, userIds);
      const value = JSON.stringify(userIds);
      const until = clock.now() + keptMs;
      const state = await sharing.known();
      try {
        await store.put(prefix + eventId, { value, until });
        await state?.put(keyOf(eventId), value, keptMs);
      } catch (error) {
        const { en, zh } = textOf(error);
        logger.error({
          en: `${name}: after a restart an answer to a directed message would go to its whole group: ${en}`,
          zh: `${name}：重启后，对定向消息的回答将发给全群：${zh}`,
        });
      }
    },
    of: async (eventId) => {
      const mine = known.get(eventId);
      if (mine !== undefined) return mine;
      const told = await sharing.state?.get(keyOf(eventId)).catch(() => undefined);
      return told && take(eventId, told.value);
    },
  };
}
