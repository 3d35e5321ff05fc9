import type { payloads } from 'wechaty-puppet';
import type { Clock } from '../../core/clock.js';
import { createPatience } from '../shared/patience.js';
import type { Directory } from './client/directory.js';
import { conversationOfRoom, isOutsideRoom } from './conversation-id.js';
import { conversationTypes } from './schema/message.js';

/** Names by which people mention somebody, as far as the server tells them in time. */
export interface Names {
  /** The bot with the name that the server has for it. Does not reject. */
  own(self: payloads.Contact): Promise<payloads.Contact>;
  /** A member with the name used in the room (群昵称). Does not reject. */
  inRoom(roomId: string, member: payloads.RoomMember): Promise<payloads.RoomMember>;
}

/** Names of one server. */
export function createNames({ users, members }: Directory, clock: Pick<Clock, 'now'>): Names {
  const patience = createPatience(clock);
  return {
    own: async (self) => {
      const user = await patience.wait(users.get(self.id), undefined);
      const name = user?.displayName || user?.name;
      return { ...self, ...(name && { name }), ...(user?.name && { handle: user.name }) };
    },
    inRoom: async (roomId, member) => {
      const { type, target } = conversationOfRoom(roomId);
      if (isOutsideRoom(roomId) || type !== conversationTypes.group) return member;
      const all = await patience.wait(members.get(target), undefined);
      const alias = all?.find(({ userId }) => userId === member.id)?.alias;
      return { ...member, ...(alias && { roomAlias: alias }) };
    },
  };
}
