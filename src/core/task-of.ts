import type { Task } from './task.js';

/**
 * Whether a task is kept of a person: set off by them, in the private chat with them, or with a
 * message that quotes them. `export` prints these, `forget` deletes them.
 */
export function isTaskOf({ request, conversation }: Task, userId: string): boolean {
  return (
    request.userId === userId ||
    (conversation?.kind === 'contact' && conversation.id === userId) ||
    request.message?.quoted?.userId === userId
  );
}
