import { CallbackError, textOf } from '../core/errors.js';
import type { Conversation } from '../core/event.js';

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

/** The platform refused what was said; another try may work. Tells the cause as far as it may be told. */
export function sayFailed({ kind, id }: Conversation, cause: unknown): CallbackError {
  const why = textOf(cause);
  return new CallbackError('say-failed', {
    text: {
      en: `The platform did not take a reply for the ${kind} ${id}: ${why.en}`,
      zh: `平台未接受发往${kind === 'room' ? '群聊' : '联系人'} ${id} 的回复：${why.zh}`,
    },
    cause,
  });
}
