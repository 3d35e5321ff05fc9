import type { WechatyInterface } from 'wechaty/impls';
import { hearAccount } from './hear-account.js';
import { hearPeople } from './hear-people.js';
import { hearRooms } from './hear-rooms.js';
import type { Tell } from './notice-source.js';
import { unreadMessage } from './read-message.js';
import { unreadNotice } from './read-notice.js';
import type { UnreadEvent } from './unread-event.js';
import type { WechatyListeners } from './wechaty-listeners.js';

/** What to do with what is heard. */
export interface HearOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Gets every event that rules know. Must not throw. */
  readonly handle: (event: UnreadEvent) => void;
  /** Gets what went wrong while an event was looked at; that event is not handed over. */
  readonly onError: (error: unknown) => void;
}

/**
 * Listens to a bot and hands over every event that rules know.
 *
 * @returns removes every listener
 */
export function hearBot(bot: WechatyInterface, options: HearOptions): () => void {
  const { now, handle, onError } = options;
  const tell: Tell = (content) => {
    handle(unreadNotice(bot, { ...content, at: now(), botId: bot.puppet.currentUserId }));
  };
  const onMessage: WechatyListeners['message'] = (message) => {
    const event = unreadMessage(bot, message, now());
    if (event !== undefined) handle(event);
  };
  bot.on('message', onMessage);
  const removers = [
    () => bot.off('message', onMessage),
    hearRooms(bot, tell),
    hearPeople(bot, tell, onError),
    hearAccount(bot, now, handle),
  ];
  return () => {
    for (const remove of removers) remove();
  };
}
