import { conversationTypes, type WildfireConversation } from './schema/message.js';

const chatRoomPrefix = 'chatroom:';
const outsidePrefix = 'outside:';

/**
 * A conversation of the server as the id of a Wechaty room, and back. A group in the line 0, as
 * nearly all are, has its own id; a chat room has the prefix `chatroom:`, another line the end
 * `#<line>`.
 */
export function roomIdOf({ type, target, line }: WildfireConversation): string {
  const name = type === conversationTypes.chatRoom ? `${chatRoomPrefix}${target}` : target;
  // A target that looks as if it had a line gets one, so that the way back is clear.
  return line === 0 && !/#\d+$/u.test(target) ? name : `${name}#${line}`;
}

/** The conversation of a room id that `roomIdOf` gave, or of a plain group id. */
export function conversationOfRoom(roomId: string): WildfireConversation {
  const [, name = roomId, line = '0'] = /^(.*)#(\d+)$/su.exec(roomId) ?? [];
  const isChatRoom = name.startsWith(chatRoomPrefix);
  return {
    type: isChatRoom ? conversationTypes.chatRoom : conversationTypes.group,
    target: isChatRoom ? name.slice(chatRoomPrefix.length) : name,
    line: Number(line),
  };
}

/**
 * The room id for a chat of two people who mention a robot that is not one of them. The server
 * takes answers there only as replies to the message.
 */
export function outsideRoomId(sender: string, { target, line }: WildfireConversation): string {
  const both = [sender, target].toSorted((one, other) => (one < other ? -1 : 1));
  return `${outsidePrefix}${both.join('|')}#${line}`;
}

/** True for an id that `outsideRoomId` gave. */
export function isOutsideRoom(roomId: string): boolean {
  return roomId.startsWith(outsidePrefix);
}
