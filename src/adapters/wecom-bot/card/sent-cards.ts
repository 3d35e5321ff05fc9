import { LRUCache } from 'lru-cache';
import type { Clock } from '../../../core/clock.js';
import type { StreamStore } from '../../../core/stream-store.js';
import { checkCard, type TemplateCard } from './template-card.js';

/** Cards that were sent and may be clicked, by their task. */
export interface SentCards {
  /** Takes over what a store held, by key. */
  restore(records: Iterable<readonly [string, string]>): void;
  get(taskId: string): TemplateCard | undefined;
  /** Whether a task was used for another answer than this one: the platform takes each once. */
  isTaken(taskId: string, eventId: string): boolean;
  /** Remembers a card that has a task. Resolves when that is durable; rejects as the store does. */
  keep(card: TemplateCard, eventId: string): Promise<void>;
}

const max = 5000;
/** Three days, in ms. */
const ageMs = 3 * 86_400_000;
const prefix = 'card/';

interface SentCard {
  /** The event that was answered with it first. */
  readonly eventId: string;
  readonly card: TemplateCard;
}

function readCard(value: string): SentCard | undefined {
  try {
    const { eventId, card } = JSON.parse(value) as Partial<SentCard>;
    return { eventId: String(eventId), card: checkCard(card) };
  } catch {
    return undefined;
  }
}

/** None yet. */
export function createSentCards(store: StreamStore, clock: Pick<Clock, 'now'>): SentCards {
  const cards = new LRUCache<string, SentCard>({ max });
  return {
    restore: (records) => {
      for (const [key, value] of records) {
        if (!key.startsWith(prefix)) continue;
        const card = readCard(value);
        if (card) cards.set(key.slice(prefix.length), card);
      }
    },
    get: (taskId) => cards.get(taskId)?.card,
    isTaken: (taskId, eventId) => {
      const { eventId: first = eventId } = cards.get(taskId) ?? {};
      return first !== eventId;
    },
    keep: async (card, eventId) => {
      if (card.task_id === undefined) return;
      // A card that is changed stays that of the answer with which it came.
      const first = cards.get(card.task_id)?.eventId ?? eventId;
      const sent: SentCard = { eventId: first, card };
      cards.set(card.task_id, sent);
      const record = { value: JSON.stringify(sent), until: clock.now() + ageMs };
      await store.put(prefix + card.task_id, record);
    },
  };
}
