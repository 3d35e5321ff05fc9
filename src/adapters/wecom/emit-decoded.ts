import type { payloads } from 'wechaty-puppet';
import type { Acceptance } from '../../core/acceptance.js';
import type { PlatformEvent } from '../../core/platform-event.js';
import { platformEventOf } from '../shared/platform-event-of.js';
import type { Decoded, DecodedMessage, DecodedRoomTopic } from './decode/decoded.js';

/** The ways in which a puppet emits. */
export interface Emitter {
  message(payload: payloads.Message, beside: DecodedMessage): Promise<Acceptance>;
  friendship(payload: payloads.Friendship): Promise<Acceptance>;
  roomJoin(event: payloads.EventRoomJoin): Promise<Acceptance>;
  roomLeave(event: payloads.EventRoomLeave): Promise<Acceptance>;
  roomTopic(event: payloads.EventRoomTopic): Promise<Acceptance>;
  platform(event: PlatformEvent): Promise<Acceptance>;
  /** What a room is called now, and what it was called as far as was known; rejects when it cannot be asked. */
  renamed(roomId: string): Promise<{ readonly before: string; readonly now: payloads.Room }>;
}

/** Emits what a document says, in Wechaty's words where there are any. */
export async function emitDecoded(emitter: Emitter, decoded: Decoded): Promise<Acceptance> {
  switch (decoded.kind) {
    case 'message':
      return await emitter.message(decoded.payload, decoded);
    case 'friendship':
      return await emitter.friendship(decoded.payload);
    case 'room-join': {
      const { roomId, memberIds, timestamp } = decoded;
      // WeCom does not tell who brought them, and Wechaty must have somebody.
      const inviterId = memberIds[0] ?? '';
      return await emitter.roomJoin({
        roomId,
        inviteeIdList: [...memberIds],
        inviterId,
        timestamp,
      });
    }
    case 'room-leave': {
      const { roomId, memberIds, timestamp } = decoded;
      const removerId = memberIds[0] ?? '';
      return await emitter.roomLeave({
        roomId,
        removeeIdList: [...memberIds],
        removerId,
        timestamp,
      });
    }
    case 'room-topic':
      return await emitTopic(emitter, decoded);
    case 'platform':
    default:
      return await emitter.platform(platformEventOf(decoded));
  }
}

/**
 * WeCom tells neither topic, nor who changed it: in a group with customers only its owner and the
 * administrators can. Where the group cannot be asked, Wechaty's words would be empty.
 */
async function emitTopic(emitter: Emitter, decoded: DecodedRoomTopic): Promise<Acceptance> {
  const { roomId, timestamp } = decoded;
  const { before, now } = await emitter
    .renamed(roomId)
    .catch(() => ({ before: '', now: undefined }));
  if (now?.ownerId === undefined) {
    return await emitter.platform(
      platformEventOf({ ...decoded, conversation: { kind: 'room', id: roomId } }),
    );
  }
  const { topic: newTopic, ownerId: changerId } = now;
  return await emitter.roomTopic({ roomId, timestamp, oldTopic: before, newTopic, changerId });
}
