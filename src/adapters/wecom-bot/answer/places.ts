import { currentAnswer } from '../../../core/answer-scope.js';
import type { Answer } from './answer.js';
import type { AnswerTable } from './answer-table.js';

/** Where something that is said belongs, and what replaces it. */
export interface Place {
  readonly answer: Answer | undefined;
  readonly key: string;
}

/** Finds where something that is said belongs. */
export class Places {
  readonly #table: AnswerTable;
  readonly #takesText: (answer: Answer) => boolean;
  #count = 0;

  constructor(table: AnswerTable, takesText: (answer: Answer) => boolean) {
    this.#table = table;
    this.#takesText = takesText;
  }

  /** Finds what is spoken to, where another instance began it; `undefined`: there is no need. */
  known(): Promise<unknown> | undefined {
    const table = this.#table;
    const scope = currentAnswer();
    if (!table.shared || !scope || table.byEvent(scope.eventId)) return undefined;
    return table.findEvent(scope.eventId);
  }

  /**
   * What is being answered; else, where a bot speaks by itself, the oldest question of the
   * conversation to which nothing was said yet, or the newest.
   */
  in(conversationId: string): Place {
    const scope = currentAnswer();
    const asked = scope && this.#table.byEvent(scope.eventId);
    const key = scope?.key ?? `word/${(this.#count += 1)}`;
    if (asked?.conversationId === conversationId) return { answer: asked, key };
    const open = this.#table.inConversation(conversationId).filter(this.#takesText);
    return { answer: open.find(({ saidAt }) => saidAt === undefined) ?? open.at(-1), key };
  }
}
