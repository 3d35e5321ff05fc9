import type { WechatyInterface } from 'wechaty/impls';
import { types } from 'wechaty-puppet';
import { onPlatformEvent } from '../core/platform-event.js';
import { accountId } from './bot-identity.js';
import { eventIdOf } from './event-id.js';
import { forgetLongText } from './forget-long-text.js';
import { hearAccount } from './hear-account.js';
import { hearRooms } from './hear-rooms.js';
import type { LookUps } from './look-ups.js';
import { unreadInvitation } from './read-invitation.js';
import { type Arrival, unreadMessage } from './read-message.js';
import { type Notice, unreadNotice } from './read-notice.js';
import { unreadPlatformEvent } from './read-platform-event.js';
import type { UnreadEvent } from './unread-event.js';
import type { WechatyListeners } from './wechaty-listeners.js';
import { whenPuppet } from './when-puppet.js';

/** What to do with what is heard. */
export interface HearOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** The look-ups of the bot. */
  readonly lookUps: LookUps;
  /** Gets every event that rules know. Must not throw: Wechaty's other listeners come after it. */
  readonly handle: (event: UnreadEvent) => void;
}

/** The kinds of friendship events as `variables.friendshipType` spells them. */
const friendshipTypes: Readonly<Record<number, string>> = {
  [types.Friendship.Confirm]: 'confirm',
  [types.Friendship.Receive]: 'receive',
  [types.Friendship.Verify]: 'verify',
};

/**
 * Listens to a bot and hands over every event that rules know.
 *
 * @returns removes every listener
 */
export function hearBot(bot: WechatyInterface, { now, lookUps, handle }: HearOptions): () => void {
  // Once logged out, Wechaty no longer knows who the bot was.
  let lastId = '';
  const botId = () => (lastId = accountId(bot) ?? lastId);
  const arrival = (): Arrival => ({ botId: botId(), at: now(), lookUps });
  const tell = (notice: Notice) => handle(unreadNotice(bot, notice, arrival()));

  const onMessage: WechatyListeners['message'] = (message) => {
    forgetLongText(bot, message);
    const event = unreadMessage(bot, message, arrival());
    if (event !== undefined) handle(event);
  };
  const onInvite: WechatyListeners['room-invite'] = (invitation) => {
    handle(unreadInvitation(bot, invitation.id, arrival()));
  };
  const onFriendship: WechatyListeners['friendship'] = (friendship) => {
    const friendshipType = friendshipTypes[friendship.type()] ?? 'unknown';
    tell({
      name: 'friendship',
      // A request and its confirmation may share the platform's id.
      id: eventIdOf('friendship', friendship.id, friendshipType),
      contact: friendship.contact(),
      variables: { hello: friendship.hello(), friendshipType },
    });
  };
  bot.on('message', onMessage).on('room-invite', onInvite).on('friendship', onFriendship);
  const stopRooms = hearRooms({ bot, now, tell });
  const stopAccount = hearAccount({ bot, now, botId, handle });
  const stopPlatform = whenPuppet(bot, (puppet) =>
    onPlatformEvent(puppet, (event) => handle(unreadPlatformEvent(bot, event, arrival()))),
  );
  return () => {
    bot.off('message', onMessage).off('room-invite', onInvite).off('friendship', onFriendship);
    stopRooms();
    stopAccount();
    stopPlatform();
  };
}
