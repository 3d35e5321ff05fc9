import { CallbackError } from '../../../core/errors.js';
import type { AnswerRoute } from '../decode/event.js';
import type { WildfirePayload } from '../schema/payload.js';
import type { AdminApi } from './admin-api.js';
import { isWildfireError } from './api-error.js';
import type { ChannelApi } from './channel-api.js';
import type { SentMessage } from './results.js';
import type { RobotApi } from './robot-api.js';

/** Says something where a route leads. */
export type Say = (
  route: AnswerRoute,
  payload: WildfirePayload,
  signal?: AbortSignal,
) => Promise<SentMessage>;

const notInGroup = 9;

/**
 * Says it as a robot. In a group that it is not in, and in a chat of two others, only a reply to the
 * message that mentions it gets through.
 */
export function sayAsRobot(robot: RobotApi): Say {
  return async ({ conversation, mentionedBy, replyOnly, toUsers }, payload, signal) => {
    // A reply reaches the whole chat or one: of those who were meant, who asked.
    const replying = { onlyToSender: toUsers !== undefined, signal };
    if (replyOnly) {
      if (mentionedBy === undefined) throw unreachableChat();
      return await robot.reply(mentionedBy, payload, replying);
    }
    try {
      return await robot.send(conversation, payload, { toUsers, signal });
    } catch (error) {
      if (mentionedBy === undefined || !isWildfireError(error, notInGroup)) throw error;
      return await robot.reply(mentionedBy, payload, replying);
    }
  };
}

/** Says it as a channel, to one subscriber alone. */
export function sayAsChannel(channel: ChannelApi): Say {
  return ({ conversation: { target, line } }, payload, signal) =>
    channel.send([target], payload, { line, ...(signal && { signal }) });
}

/** Says it as a user, through the admin API. */
export function sayAsUser(admin: AdminApi, userId: string): Say {
  return ({ conversation, toUsers }, payload, signal) =>
    admin.send(userId, conversation, payload, { toUsers, signal });
}

function unreachableChat(): CallbackError {
  return new CallbackError('wildfire-not-mentioned', {
    text: {
      en: 'The robot is not in this chat: it can only reply to a message that mentions it.',
      zh: '机器人不在该会话中，只能回复 @ 了它的消息。',
    },
  });
}
