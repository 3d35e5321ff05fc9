import type { PersonalData } from '../../core/personal-records.js';
import type { StreamStore } from '../../core/stream-store.js';
import { isOpen, storedPersonal, whileOpen } from '../shared/stored-personal.js';
import type { Answer } from './answer/answer.js';
import type { AnswerTable } from './answer/answer-table.js';
import type { Answering } from './answer/answering.js';
import type { SentCards } from './card/sent-cards.js';

interface Parts {
  readonly table: AnswerTable;
  readonly cards: SentCards;
  readonly answering: Answering;
  readonly store: StreamStore;
}

/** What a bot keeps of people: answers that are open or were lately, and cards that may be clicked. */
export function personalData({ table, cards, answering, store }: Parts): PersonalData {
  const stored = storedPersonal(store);
  const answersOf = (userId: string) => [...table.all()].filter((one) => isOf(one, userId));
  return {
    of: async (userId) =>
      isOpen(store)
        ? [
            ...answersOf(userId).map((value) => ({ kind: 'answer', value })),
            ...cards.of(userId).map((value) => ({ kind: 'card', value })),
          ]
        : await stored.of(userId),
    forget: (userId) =>
      whileOpen(store, async () => {
        for (const answer of answersOf(userId)) answering.drop(answer);
        await cards.forget(userId);
        await stored.forget(userId);
      }),
  };
}

function isOf({ userId, conversationId, isGroup }: Answer, person: string): boolean {
  return userId === person || (!isGroup && conversationId === person);
}
