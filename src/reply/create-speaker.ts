import type { WechatyInterface } from 'wechaty/impls';
import { type Clock, systemClock } from '../core/clock.js';
import type { FileFetcher } from '../core/files.js';
import type { Logger } from '../core/logger.js';
import { puppetExtras } from '../core/puppet-extras.js';
import type { Speaker } from '../core/speaker.js';
import { createLookUpPerson } from './look-up-person.js';
import { prepareReplies } from './prepare-replies.js';
import { sayPart, sayPlainText } from './say-part.js';
import { showText } from './show-text.js';

/** What a speaker is made of. */
export interface SpeakerOptions {
  /** The bot to speak with; started and logged in by the time something is said. */
  readonly bot: WechatyInterface;
  /** Brings the files that replies name. */
  readonly files: FileFetcher;
  readonly logger: Logger;
  /** Limits how long a reply waits for a name. Default: the machine's clock. */
  readonly clock?: Clock;
}

/**
 * The speaker of one Wechaty bot, and the only one that writes to its objects.
 *
 * `say` and `notify` reject with a `CallbackError`: `conversation-gone` when the chat does not exist
 * any more, `say-failed` when the platform did not take what was said (the puppet's error is the
 * cause), or the file fetcher's own error. What the platform cannot express is said as text, or left
 * out with a warning. A name that cannot be looked up never fails a reply.
 */
export function createSpeaker(options: SpeakerOptions): Speaker {
  const { bot, logger, files: fetcher, clock = systemClock } = options;
  const lookUp = createLookUpPerson(bot, clock);
  return {
    prepare: async (task, replies, replyOptions) =>
      await prepareReplies({ bot, lookUp, logger }, task, replies, replyOptions),
    say: async (task, part, files) => {
      const to = task.conversation;
      if (to) await sayPart({ bot, fetcher, lookUp, logger }, part, { task, to, files });
    },
    show: async (task, text, replyOptions) =>
      await showText({ bot, lookUp, logger }, task, text, replyOptions),
    complete: async ({ eventId, id }) => {
      await puppetExtras(bot.puppet).answers?.complete(eventId, id);
    },
    notify: async (conversation, text) => {
      await sayPlainText(bot, conversation, text);
    },
  };
}
