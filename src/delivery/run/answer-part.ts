import { type AnswerScope, runInAnswer } from '../../core/answer-scope.js';
import type { Claim } from '../../core/journal.js';
import type { Task } from '../../core/task.js';
import { runInTask } from '../../core/task-scope.js';

/**
 * The scope in which one part of a task's response is said. The text that grows on the screen, the
 * text that says that it takes a while and the first part share a place: the later replaces the
 * former, and saying a part again after a crash says it once.
 *
 * @param unsureSince since when it may stand in the chat, in ms since 1970
 */
export function partOf({ id, eventId }: Task, index: number, unsureSince?: number): AnswerScope {
  return { eventId, key: `${id}/${index}`, ...(unsureSince !== undefined && { unsureSince }) };
}

/** Does the work of a claimed task: whatever is said or raised in it belongs to the task's event. */
export function runAsAnswer<T>({ task: { eventId } }: Claim, work: () => T): T {
  return runInTask(() => runInAnswer({ eventId }, work));
}
