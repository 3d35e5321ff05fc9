import { createHash } from 'node:crypto';
import { currentAnswer } from '../../core/answer-scope.js';
import type { Conversation } from '../../core/event.js';
import { lookUpFailed, OpenIMApiError } from './client/api-error.js';
import type { FindSaid } from './client/find-said.js';
import type { OpenIMClient } from './client.js';
import type { OutgoingContent } from './encode/outgoing-content.js';

/**
 * What the bot's message bears in `ex`, so that it can be found again: the part of the answer that it
 * says, and a text besides, since one part may take several messages. Nothing of it can be read.
 *
 * @returns undefined for what answers nothing
 */
function markOf(contentType: number, text = ''): string | undefined {
  const { key } = currentAnswer() ?? {};
  if (key === undefined) return undefined;
  const digest = createHash('sha256').update(JSON.stringify([key, contentType, text]));
  return `wechaty-callback:${digest.digest('hex').slice(0, 32)}`;
}

/**
 * The id of the message that says this already, where an earlier try left that open; `undefined`: it
 * is to be said.
 *
 * @throws CallbackError that tells whether to look again: a server that is away can be asked later,
 *   any other failure leaves it open for good
 */
async function saidBefore(
  find: FindSaid,
  conversationId: string,
  mark: string | undefined,
): Promise<string | undefined> {
  const { unsureSince } = currentAnswer() ?? {};
  if (unsureSince === undefined || mark === undefined) return undefined;
  try {
    return await find(conversationId, mark, unsureSince);
  } catch (error) {
    const isAway = error instanceof OpenIMApiError && error.code === 'openim-unreachable';
    throw isAway ? error : lookUpFailed(error);
  }
}

/**
 * Says something to `to`, unless the server has it from an earlier try; answers the id of the message.
 *
 * @param said.place the server's id of the conversation
 * @throws OpenIMApiError; CallbackError as `saidBefore`
 */
export async function sayOnce(
  { findSaid, messages }: OpenIMClient,
  to: Conversation,
  content: OutgoingContent,
  said: { readonly place: string; readonly text: string | undefined },
): Promise<string> {
  const ex = markOf(content.contentType, said.text);
  const before = await saidBefore(findSaid, said.place, ex);
  return before ?? (await messages.send(to, content, ex === undefined ? {} : { ex })).id;
}
