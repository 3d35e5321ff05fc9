import { LRUCache } from 'lru-cache';
import type { Clock } from '../../../core/clock.js';
import { type SharedState, sharedKey } from '../../../core/shared-state.js';
import type { StreamStore } from '../../../core/stream-store.js';
import type { TemplateCard } from './template-card.js';

/** Cards that were sent and may be clicked, by their task. */
export interface SentCards {
  /** Takes over what a store held, by key. */
  restore(records: Iterable<readonly [string, string]>): void;
  /** From now on other instances find them, too, or no more; `name` is the adapter's. */
  share(state: SharedState | undefined, name: string): void;
  /** Never rejects. */
  find(taskId: string): Promise<TemplateCard | undefined>;
  /** Remembers a card that has a task. Resolves when that is durable; rejects as the store does. */
  keep(card: TemplateCard): Promise<void>;
}

const max = 5000;
/** Three days, in ms. */
const ageMs = 3 * 86_400_000;
const prefix = 'card/';

/** None yet. */
export function createSentCards(store: StreamStore, clock: Pick<Clock, 'now'>): SentCards {
  const cards = new LRUCache<string, TemplateCard>({ max });
  let shared: { readonly state: SharedState; readonly name: string } | undefined;
  return {
    restore: (records) => {
      for (const [key, value] of records) {
        if (!key.startsWith(prefix)) continue;
        cards.set(key.slice(prefix.length), JSON.parse(value) as TemplateCard);
      }
    },
    share: (state, name) => {
      shared = state && { state, name };
    },
    find: async (taskId) => {
      const record = await shared?.state
        .get(sharedKey('card', shared.name, taskId))
        .catch(() => undefined);
      return record ? (JSON.parse(record.value) as TemplateCard) : cards.get(taskId);
    },
    keep: async (card) => {
      if (card.task_id === undefined) return;
      cards.set(card.task_id, card);
      if (shared !== undefined) {
        const key = sharedKey('card', shared.name, card.task_id);
        return await shared.state.put(key, JSON.stringify(card), ageMs);
      }
      const record = { value: JSON.stringify(card), until: clock.now() + ageMs };
      await store.put(prefix + card.task_id, record);
    },
  };
}
