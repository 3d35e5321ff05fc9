import type { ContactInterface, WechatyInterface } from 'wechaty/impls';
import type { Clock } from '../core/clock.js';
import { textOf } from '../core/errors.js';
import type { FileFetcher } from '../core/files.js';
import type { Logger } from '../core/logger.js';
import { accountId } from '../events/account-id.js';
import { hearBot } from '../events/hear-bot.js';
import type { UnreadEvent } from '../events/unread-event.js';
import { createSpeaker } from '../reply/create-speaker.js';
import type { Bots } from './bots.js';

/** What a bot is connected to. */
export interface AttachParts {
  readonly bots: Bots;
  readonly files: FileFetcher;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly handle: (event: UnreadEvent) => void;
}

/** A bot that is connected. */
export interface Attachment {
  /** Removes every listener: nothing comes in any more, but the bot can still answer. */
  detach(): void;
  /** Takes the bot's voice too: what is left of its tasks waits for it to come back. */
  leave(): void;
}

/**
 * Connects a bot: its events come in, and while it is logged in it can speak. Works on a bot that
 * is not started yet and on one that already runs.
 */
export function attachBot(bot: WechatyInterface, parts: AttachParts): Attachment {
  const { bots, files, clock, logger, handle } = parts;
  const speaker = createSpeaker({ bot, files, clock, logger });
  let botId = '';
  const enter = (id: string) => {
    botId = id;
    bots.add(botId, speaker);
  };
  const onLogin = (account: ContactInterface) => enter(account.id);
  const onGone = () => bots.remove(botId, speaker);
  const already = accountId(bot);
  if (already !== undefined) enter(already);
  bot.on('login', onLogin).on('logout', onGone).on('stop', onGone);
  const stopHearing = hearBot(bot, {
    now: () => clock.now(),
    handle,
    onError: (error) => {
      logger.warn({
        en: `An event could not be read: ${textOf(error).en}`,
        zh: `无法读取一个事件：${textOf(error).zh}`,
      });
    },
  });
  return {
    detach: () => {
      stopHearing();
      bot.off('login', onLogin).off('logout', onGone).off('stop', onGone);
    },
    leave: onGone,
  };
}
