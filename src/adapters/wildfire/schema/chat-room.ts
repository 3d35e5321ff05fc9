import { z } from 'zod';
import { id, ids, integer, isRecord, text } from './fields.js';

/** What a `type` of a chat room's change means. */
export const chatRoomChanges = ['create', 'destroy'] as const;

/** A chat room was made or destroyed. */
export const chatRoomUpdateSchema = z.object({ chatroomId: id, type: integer });

/** What a `type` of a chat room member's change means. */
export const chatRoomMemberChanges = ['join', 'leave', 'kick', 'mute', 'unmute'] as const;

/**
 * Members joined or left a chat room. The documentation prints `{userId, chatroomId, status}` with
 * the opposite meaning of 0 and 1; who sends that is understood as documented.
 */
export const chatRoomMemberSchema = z.preprocess(
  fromDocumented,
  z.object({ operatorId: text, chatroomId: id, memberIds: ids, type: integer }),
);

function fromDocumented(value: unknown): unknown {
  if (!isRecord(value) || value['type'] !== undefined || value['status'] === undefined)
    return value;
  const { userId, status, ...rest } = value;
  return { operatorId: userId, memberIds: userId, type: Number(status) === 0 ? 1 : 0, ...rest };
}
