import { CallbackError, textOf } from '../core/errors.js';
import type { Conversation } from '../core/event.js';
import type { SayingFailure } from '../core/saying-failure.js';

/** The conversation does not exist any more: trying again is of no use. */
export function conversationGone({ kind, id }: Conversation, cause: unknown): CallbackError {
  return new CallbackError('conversation-gone', {
    text: {
      en: `The ${kind} ${id} does not exist any more, so nothing can be said there.`,
      zh: `${kind === 'room' ? '群聊' : '联系人'} ${id} 已不存在，无法在其中发言。`,
    },
    cause,
  });
}

/**
 * The platform did not take what was said. Tells the cause as far as it may be told.
 *
 * @param saying whether it was sent; absent: as the cause tells
 */
export function sayFailed(
  { kind, id }: Conversation,
  cause: unknown,
  saying?: SayingFailure,
): CallbackError {
  const why = textOf(cause);
  return new CallbackError('say-failed', {
    text: {
      en: `The platform did not take a reply for the ${kind} ${id}: ${why.en}`,
      zh: `平台未接受发往${kind === 'room' ? '群聊' : '联系人'} ${id} 的回复：${why.zh}`,
    },
    cause,
    saying,
  });
}
