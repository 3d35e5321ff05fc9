import type { WechatyInterface } from 'wechaty/impls';
import type { BotEvent } from '../core/event.js';
import { puppetName } from './bot-identity.js';
import type { Arrival } from './read-message.js';
import { readPerson } from './read-person.js';
import type { UnreadEvent } from './unread-event.js';

/** An invitation to a room. Who invites is asked of the platform, and only when a rule wants it. */
export function unreadInvitation(
  bot: WechatyInterface,
  invitationId: string,
  { botId, at, lookUps: botLookUps }: Arrival,
): UnreadEvent {
  return {
    head: { name: 'room-invite', isSelf: false, inRoom: false },
    read: async (needs): Promise<BotEvent> => {
      const { puppet } = bot;
      const { inviterId, topic } = await puppet.roomInvitationPayload(invitationId);
      const lookUps = botLookUps.begin();
      const [contact, tags] = await Promise.all([
        needs && lookUps.talker(inviterId),
        needs?.has('tags') === true ? lookUps.tags(inviterId) : [],
      ]);
      return {
        id: invitationId,
        name: 'room-invite',
        botId,
        platform: puppetName(bot),
        at,
        user: readPerson({ id: inviterId, contact, tags }),
        isSelf: false,
        conversation: { kind: 'contact', id: inviterId },
        variables: { topic },
      };
    },
  };
}
