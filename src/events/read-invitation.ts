import type { WechatyInterface } from 'wechaty/impls';
import type { BotEvent } from '../core/event.js';
import { askPlatform } from './ask-platform.js';
import { puppetName } from './bot-identity.js';
import type { Arrival } from './read-message.js';
import { barePerson, readTags } from './read-person.js';
import type { UnreadEvent } from './unread-event.js';

/** An invitation to a room. Who invites is asked of the platform, and only when a rule wants it. */
export function unreadInvitation(
  bot: WechatyInterface,
  invitationId: string,
  { botId, at }: Arrival,
): UnreadEvent {
  return {
    head: { name: 'room-invite', isSelf: false, inRoom: false },
    read: async (needs): Promise<BotEvent> => {
      const { puppet } = bot;
      const { inviterId, topic } = await puppet.roomInvitationPayload(invitationId);
      const inviter = await askPlatform(() => puppet.contactPayload(inviterId), undefined);
      return {
        id: invitationId,
        name: 'room-invite',
        botId,
        platform: puppetName(bot),
        at,
        user: {
          ...barePerson(inviterId, inviter?.name ?? ''),
          alias: inviter?.alias ?? '',
          tags: needs.has('tags') ? await readTags(bot, inviterId) : [],
          roles: inviter?.friend === undefined ? [] : [inviter.friend ? 'friend' : 'stranger'],
        },
        isSelf: false,
        conversation: { kind: 'contact', id: inviterId },
        variables: { topic },
      };
    },
  };
}
