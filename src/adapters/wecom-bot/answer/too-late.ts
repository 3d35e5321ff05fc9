import { CallbackError } from '../../../core/errors.js';

/** Nothing can be said in this answer any more. */
export function tooLate(): CallbackError {
  return new CallbackError('wecom-bot-too-late', {
    text: {
      en: 'A WeCom AI bot can only answer: within six minutes in the stream of a message, and once more within an hour. Here is no question that can still be answered in this way.',
      zh: '企业微信智能机器人只能回复消息：六分钟内以流式消息回复，一小时内再主动回复一次。此处已没有可以这样回复的消息。',
    },
  });
}
