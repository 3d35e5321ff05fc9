import type { payloads } from 'wechaty-puppet';
import { types } from 'wechaty-puppet';
import type { Acceptance } from '../../core/acceptance.js';
import type { PlatformEvent } from '../../core/platform-event.js';
import { platformEventOf } from '../shared/platform-event-of.js';
import type {
  DecodedEvent,
  DecodedMessage,
  DecodedQuestion,
  DecodedRecall,
  DecodedRoomInvite,
  DecodedRoomJoin,
  DecodedRoomLeave,
  DecodedRoomTopic,
} from './decode/decoded.js';

/** What is emitted: a question is asked instead. */
export type Emitted = Exclude<DecodedEvent, DecodedQuestion>;

/** What the puppet keeps with a message; of a recall and of its own words there is less. */
export type Beside = Partial<Omit<DecodedMessage, 'kind' | 'id' | 'payload'>>;

/** The ways in which a puppet emits. */
export interface Emitter {
  readonly botId: string;
  message(payload: payloads.Message, beside: Beside): Promise<Acceptance>;
  friendship(payload: payloads.Friendship): Promise<Acceptance>;
  roomInvite(payload: payloads.RoomInvitation): Promise<Acceptance>;
  roomJoin(event: payloads.EventRoomJoin): Promise<Acceptance>;
  roomLeave(event: payloads.EventRoomLeave): Promise<Acceptance>;
  roomTopic(event: payloads.EventRoomTopic): Promise<Acceptance>;
  platform(event: PlatformEvent): Promise<Acceptance>;
  /** What a room was called as far as is known. */
  readonly topicOf: (roomId: string) => Promise<string>;
}

/**
 * Emits a callback, in Wechaty's words where there are any.
 *
 * @param at when it came, in ms since 1970: two changes of one room must not have the same
 */
export async function emitDecoded(
  emitter: Emitter,
  decoded: Emitted,
  at: number,
): Promise<Acceptance> {
  switch (decoded.kind) {
    case 'message': {
      const { payload, ...beside } = decoded;
      return await emitter.message(payload, beside);
    }
    case 'recall':
      return await emitter.message(recallOf(decoded, emitter.botId), {});
    case 'friendship':
      return await emitter.friendship(decoded.payload);
    case 'room-join':
      return await emitter.roomJoin(joinOf(decoded, at));
    case 'room-leave':
      return await emitter.roomLeave(leaveOf(decoded, at));
    case 'room-topic':
      return await emitter.roomTopic({ ...(await topicChangeOf(decoded, emitter)), timestamp: at });
    case 'room-invite':
      return await emitter.roomInvite(await invitationOf(decoded, emitter));
    case 'platform':
      break;
  }
  return await emitter.platform(platformEventOf(decoded));
}

// Wechaty must have somebody who did it; where OpenIM names nobody it is one of those concerned.

function joinOf({ roomId, memberIds, ...joined }: DecodedRoomJoin, timestamp: number) {
  const { inviterId = memberIds[0] ?? '' } = joined;
  // Who makes a group is in it from the start.
  const inviteeIdList = memberIds.filter((id) => memberIds.length === 1 || id !== joined.inviterId);
  return { roomId, inviteeIdList, inviterId, timestamp };
}

function leaveOf({ roomId, memberIds }: DecodedRoomLeave, timestamp: number) {
  const [removerId = ''] = memberIds;
  return { roomId, removeeIdList: [...memberIds], removerId, timestamp };
}

async function topicChangeOf(decoded: DecodedRoomTopic, { topicOf, botId }: Emitter) {
  const { roomId, topic: newTopic } = decoded;
  return { roomId, changerId: botId, newTopic, oldTopic: await topicOf(roomId) };
}

async function invitationOf(
  { id, roomId, hello, timestamp }: DecodedRoomInvite,
  { topicOf, botId }: Emitter,
): Promise<payloads.RoomInvitation> {
  return {
    id,
    inviterId: botId,
    receiverId: botId,
    topic: await topicOf(roomId),
    avatar: '',
    invitation: hello,
    memberCount: 0,
    memberIdList: [],
    timestamp,
  };
}

/** For Wechaty a recall is a message of its own kind. */
function recallOf({ id, userId, conversation, timestamp, seq }: DecodedRecall, botId: string) {
  const common = { id, type: types.Message.Recalled, talkerId: userId, timestamp, text: seq };
  if (conversation.kind === 'room') return { ...common, roomId: conversation.id };
  const listenerId = userId === botId ? conversation.id : botId;
  return { ...common, listenerId };
}
