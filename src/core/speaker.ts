import type { Conversation } from './event.js';
import type { FileSource } from './files.js';
import type { Reply } from './reply.js';
import type { ReplyOptions } from './rule.js';
import type { Task } from './task.js';

/** One bot's mouth. The only way to say something in a chat. */
export interface Speaker {
  /**
   * Turns replies into parts of one platform call each: long text split, the question quoted,
   * what the platform cannot express made text or left out with a warning. Says nothing yet.
   */
  prepare(task: Task, replies: readonly Reply[], options: ReplyOptions): Promise<readonly Reply[]>;
  /** Says one prepared part in the task's conversation. Rejects when the platform does. */
  say(task: Task, part: Reply, files: FileSource): Promise<void>;
  /**
   * Shows the text of an answer that is still coming in, the whole each time: it replaces what was
   * shown before. Absent, or resolving with false: it is to be said once it is complete.
   */
  show?(task: Task, text: string, options: ReplyOptions): Promise<boolean>;
  /** All has been said of a task that ever will be. May be told twice. Never rejects. */
  complete?(task: Task): Promise<void>;
  /** Says a plain text that belongs to no task, such as a limit's notice. */
  notify(conversation: Conversation, text: string): Promise<void>;
}
