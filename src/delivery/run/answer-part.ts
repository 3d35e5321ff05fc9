import type { AnswerScope } from '../../core/answer-scope.js';
import type { Task } from '../../core/task.js';

/**
 * The scope in which one part of a task's response is said. The text that grows on the screen, the
 * text that says that it takes a while and the first part share a place: the later replaces the
 * former, and saying a part again after a crash says it once.
 */
export function partOf({ id, eventId }: Task, index: number): AnswerScope {
  return { eventId, key: `${id}/${index}` };
}
