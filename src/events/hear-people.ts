import type { WechatyInterface } from 'wechaty/impls';
import { types } from 'wechaty-puppet';
import { runInTask } from '../core/task-scope.js';
import type { Tell } from './notice-source.js';
import type { WechatyListeners } from './wechaty-listeners.js';

/** The kinds of friendship events as `variables.friendshipType` spells them. */
const friendshipTypes: Readonly<Record<number, string>> = {
  [types.Friendship.Confirm]: 'confirm',
  [types.Friendship.Receive]: 'receive',
  [types.Friendship.Verify]: 'verify',
};

/** Friend requests, new friends and invitations to rooms: what people ask of the bot. */
export function hearPeople(
  bot: WechatyInterface,
  tell: Tell,
  onError: (error: unknown) => void,
): () => void {
  const onFriendship: WechatyListeners['friendship'] = (friendship) => {
    const friendshipType = friendshipTypes[friendship.type()] ?? 'unknown';
    tell({
      name: 'friendship',
      id: friendship.id,
      contact: friendship.contact(),
      place: 'contact',
      variables: { hello: friendship.hello(), friendshipType },
    });
  };
  const onInvite: WechatyListeners['room-invite'] = async (invitation) => {
    try {
      const [contact, topic] = await runInTask(
        async () => await Promise.all([invitation.inviter(), invitation.topic()]),
      );
      tell({
        name: 'room-invite',
        id: invitation.id,
        contact,
        place: 'contact',
        variables: { topic },
      });
    } catch (error) {
      onError(error);
    }
  };
  bot.on('friendship', onFriendship).on('room-invite', onInvite);
  return () => {
    bot.off('friendship', onFriendship).off('room-invite', onInvite);
  };
}
