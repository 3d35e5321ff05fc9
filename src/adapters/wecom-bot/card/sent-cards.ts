import { LRUCache } from 'lru-cache';
import type { Clock } from '../../../core/clock.js';
import type { StreamStore } from '../../../core/stream-store.js';
import { checkCard, type TemplateCard } from './template-card.js';

/** Cards that were sent and may be clicked, by their task. */
export interface SentCards {
  /** Takes over what a store held, by key. */
  restore(records: Iterable<readonly [string, string]>): void;
  get(taskId: string): TemplateCard | undefined;
  /** Remembers a card that has a task. Resolves when that is durable; rejects as the store does. */
  keep(card: TemplateCard): Promise<void>;
}

const max = 5000;
/** Three days, in ms. */
const ageMs = 3 * 86_400_000;
const prefix = 'card/';

function readCard(value: string): TemplateCard | undefined {
  try {
    return checkCard(JSON.parse(value));
  } catch {
    return undefined;
  }
}

/** None yet. */
export function createSentCards(store: StreamStore, clock: Pick<Clock, 'now'>): SentCards {
  const cards = new LRUCache<string, TemplateCard>({ max });
  return {
    restore: (records) => {
      for (const [key, value] of records) {
        if (!key.startsWith(prefix)) continue;
        const card = readCard(value);
        if (card) cards.set(key.slice(prefix.length), card);
      }
    },
    get: (taskId) => cards.get(taskId),
    keep: async (card) => {
      if (card.task_id === undefined) return;
      cards.set(card.task_id, card);
      const record = { value: JSON.stringify(card), until: clock.now() + ageMs };
      await store.put(prefix + card.task_id, record);
    },
  };
}
