import type { z } from 'zod';
import type { WildfireGroup } from '../schema/group.js';
import {
  messageSchema,
  type WildfireConversation,
  type WildfireMessage,
} from '../schema/message.js';
import type { WildfirePayload } from '../schema/payload.js';
import { userSchema, type WildfireUser } from '../schema/user.js';
import type { Api } from './api.js';
import {
  groupIdsSchema,
  groupResultSchema,
  membersSchema,
  nothingSchema,
  relationSchema,
  type SentMessage,
  sentSchema,
  type WildfireMember,
  type WildfireRelation,
} from './results.js';
import type { SendOptions } from './robot-api.js';

/** What an administrator may ask of the server. Every call may throw WildfireApiError. */
export interface AdminApi {
  /** Says something as any user, with that user's rights (server ≥ 1.3.8). */
  send(
    sender: string,
    conversation: WildfireConversation,
    payload: WildfirePayload,
    options?: SendOptions,
  ): Promise<SentMessage>;
  /** Takes back any message, at any time. */
  recall(operator: string, messageUid: string): Promise<undefined>;
  /** A message that is stored; what was just forwarded may not be yet (code 253). */
  message(messageUid: string): Promise<WildfireMessage>;
  user(userId: string): Promise<WildfireUser>;
  group(groupId: string): Promise<WildfireGroup>;
  members(groupId: string): Promise<readonly WildfireMember[]>;
  /** What `otherId` is to a user. */
  relation(userId: string, otherId: string): Promise<WildfireRelation>;
  groupsOf(userId: string): Promise<readonly string[]>;
}

/** The calls of the server's administrator. */
export function createAdminApi(api: Api): AdminApi {
  const ask = <T>(path: string, json: Readonly<Record<string, unknown>>, schema: z.ZodType<T>) =>
    api.call({ path: `/admin/${path}`, json, isHarmless: true }, schema);
  return {
    send: (sender, conv, payload, { toUsers, signal } = {}) =>
      api.call(
        {
          path: '/admin/message/send',
          json: { sender, conv, payload, toUsers, isUserMessage: true },
          signal,
        },
        sentSchema,
      ),
    recall: (operator, messageUid) =>
      ask('message/recall', { operator, messageUid }, nothingSchema),
    message: (messageUid) => ask('message/get_one', { messageUid }, messageSchema),
    user: (userId) => ask('user/get_info', { userId }, userSchema),
    group: (groupId) => ask('group/get_info', { groupId }, groupResultSchema),
    members: (groupId) => ask('group/member/list', { groupId }, membersSchema),
    relation: (first, second) => ask('relation/get', { first, second }, relationSchema),
    groupsOf: (userId) => ask('group/of_user', { userId }, groupIdsSchema),
  };
}
