import { puppetExtras } from '../core/puppet-extras.js';
import type { ReplyOptions } from '../core/rule.js';
import type { Task } from '../core/task.js';
import { type PrepareContext, prepareReplies } from './prepare-replies.js';

/**
 * Shows a text that grows, with what will stand before it when it is said.
 *
 * @returns false where the platform cannot
 */
export async function showText(
  context: PrepareContext,
  task: Task,
  text: string,
  options: ReplyOptions,
): Promise<boolean> {
  const { answers } = puppetExtras(context.bot.puppet);
  if (answers === undefined || task.conversation === undefined) return false;
  const growing = { ...context, isGrowing: true };
  const parts = await prepareReplies(growing, task, [{ type: 'text', text }], options);
  const [first, ...more] = parts;
  // More than one part: it would be torn apart once it is said.
  if (first?.type !== 'text' || first.mention || first.quote || more.length > 0) return false;
  return answers.show(task.conversation.id, first.text);
}
