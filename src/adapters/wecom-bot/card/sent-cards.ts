import { LRUCache } from 'lru-cache';
import type { Clock } from '../../../core/clock.js';
import { type SharedState, sharedKey } from '../../../core/shared-state.js';
import type { StreamStore } from '../../../core/stream-store.js';
import { checkCard, type TemplateCard } from './template-card.js';

/** Cards that were sent and may be clicked, by their task. */
export interface SentCards {
  /** Takes over what a store held, by key. */
  restore(records: Iterable<readonly [string, string]>): void;
  /** From now on other instances find them, too, or no more; `name` is the adapter's. */
  share(state: SharedState | undefined, name: string): void;
  /** Never rejects. */
  find(taskId: string): Promise<TemplateCard | undefined>;
  /**
   * Whether a task was used for another answer than this one: the platform takes each once. Never
   * rejects.
   */
  isTaken(taskId: string, eventId: string): Promise<boolean>;
  /**
   * Remembers a card that has a task, for who asked for it. Resolves when that is durable; rejects as
   * the store does.
   */
  keep(card: TemplateCard, eventId: string, userId?: string): Promise<void>;
  /** The cards that answered a person. */
  of(userId: string): readonly SentCard[];
  /**
   * Forgets the cards that answered a person, or that may have: those of earlier versions. Others may
   * know them still. Rejects as the store does.
   */
  forget(userId: string): Promise<void>;
}

const max = 5000;
/** Three days, in ms. */
const ageMs = 3 * 86_400_000;
const prefix = 'card/';

/** A card that was sent. */
export interface SentCard {
  /** The event that was answered with it first. */
  readonly eventId: string;
  /** Who asked; `''` for cards of earlier versions. */
  readonly userId: string;
  readonly card: TemplateCard;
}

function readCard(value: string): SentCard | undefined {
  try {
    const { eventId, userId = '', card } = JSON.parse(value) as Partial<SentCard>;
    return { eventId: String(eventId), userId, card: checkCard(card) };
  } catch {
    return undefined;
  }
}

/** None yet. */
export function createSentCards(store: StreamStore, clock: Pick<Clock, 'now'>): SentCards {
  const cards = new LRUCache<string, SentCard>({ max });
  let shared: { readonly state: SharedState; readonly name: string } | undefined;
  // What others sent counts; where they cannot be asked, what is known here.
  const look = async (taskId: string): Promise<SentCard | undefined> => {
    const record = await shared?.state
      .get(sharedKey('card', shared.name, taskId))
      .catch(() => undefined);
    return (record && readCard(record.value)) ?? cards.get(taskId);
  };
  return {
    restore: (records) => {
      for (const [key, value] of records) {
        if (!key.startsWith(prefix)) continue;
        const card = readCard(value);
        if (card) cards.set(key.slice(prefix.length), card);
      }
    },
    share: (state, name) => {
      shared = state && { state, name };
    },
    find: async (taskId) => (await look(taskId))?.card,
    isTaken: async (taskId, eventId) => {
      const { eventId: first = eventId } = (await look(taskId)) ?? {};
      return first !== eventId;
    },
    keep: async (card, eventId, userId = '') => {
      const { task_id: taskId } = card;
      if (taskId === undefined) return;
      // A card that is changed stays that of the answer with which it came.
      const first = await look(taskId);
      const sent: SentCard = { eventId: first?.eventId ?? eventId, userId, card };
      cards.set(taskId, sent);
      const value = JSON.stringify(sent);
      if (shared !== undefined) {
        return await shared.state.put(sharedKey('card', shared.name, taskId), value, ageMs);
      }
      await store.put(prefix + taskId, { value, until: clock.now() + ageMs });
    },
    of: (userId) => [...cards.values()].filter((card) => card.userId === userId),
    forget: async (userId) => {
      const theirs = [...cards.entries()].filter(([, card]) => ['', userId].includes(card.userId));
      for (const [taskId] of theirs) {
        cards.delete(taskId);
        if (!shared) await store.put(prefix + taskId, { value: '', until: 0 });
      }
    },
  };
}
