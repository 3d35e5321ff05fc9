import { AsyncLocalStorage } from 'node:async_hooks';

/** To what something is said, for platforms where every answer belongs to one question. */
export interface AnswerScope {
  /** The event that is answered; a message's id. */
  readonly eventId: string;
  /**
   * Names one part of the answer: what is said again under the same key replaces what was said
   * before. So nothing is doubled that is said again after a crash. Begins with the id of the task
   * and a slash. Absent: said beside the rest.
   */
  readonly key?: string;
  /**
   * Present when this part may stand in the chat already: since then, in ms since 1970. It is said
   * again only by a platform that knows repetitions, or that can be asked whether it has it.
   */
  readonly unsureSince?: number;
  /** What is said quotes the event, a message: who wrote it, and what. */
  readonly quote?: { readonly userId: string; readonly name: string; readonly text: string };
}

const scope = new AsyncLocalStorage<AnswerScope>();

/**
 * Runs `work` as an answer to an event. Wechaty speaks to conversations, not to messages; this
 * reaches the puppet through all that Wechaty awaits. An inner scope replaces the outer one.
 */
export function runInAnswer<T>(answer: AnswerScope, work: () => T): T {
  return scope.run(answer, work);
}

/** What is being answered; `undefined` when a bot speaks by itself. */
export function currentAnswer(): AnswerScope | undefined {
  return scope.getStore();
}
