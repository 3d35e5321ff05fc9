import type { z } from 'zod';
import type { WildfireGroup } from '../schema/group.js';
import { type WildfireConversation } from '../schema/message.js';
import type { WildfirePayload } from '../schema/payload.js';
import { userSchema, type WildfireUser } from '../schema/user.js';
import type { Api } from './api.js';
import {
  callbackUrlSchema,
  groupResultSchema,
  membersSchema,
  nothingSchema,
  robotProfileSchema,
  type SentMessage,
  sentSchema,
  type UploadTarget,
  uploadUrlSchema,
  usersSchema,
  type WildfireMember,
} from './results.js';

/** What a message is sent with, besides where and what. */
export interface SendOptions {
  /** Only these members of the group get it (定向消息). Default: all. */
  readonly toUsers?: readonly string[] | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** How a message is answered that mentions the robot. */
export interface ReplyOptions {
  /** Only who mentioned the robot gets it. Default: the whole chat. */
  readonly onlyToSender?: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** What a robot may ask of the server. Every call may throw WildfireApiError. */
export interface RobotApi {
  /** Says something as the robot. */
  send(
    conversation: WildfireConversation,
    payload: WildfirePayload,
    options?: SendOptions,
  ): Promise<SentMessage>;
  /**
   * Answers a message that mentions the robot, also in chats that it is not in (server ≥ 1.3.9, for
   * fifteen minutes).
   */
  reply(messageUid: string, payload: WildfirePayload, options?: ReplyOptions): Promise<SentMessage>;
  /** Takes back a message of its own; professional edition. */
  recall(messageUid: string): Promise<undefined>;
  profile(): Promise<z.infer<typeof robotProfileSchema>>;
  /** Where the robot's messages go; `''` when nowhere. */
  callbackUrl(): Promise<string>;
  /**
   * Has the robot's messages sent to `url`. The server keeps an earlier URL and says that all is
   * well, so that one is removed first.
   */
  setCallbackUrl(url: string): Promise<undefined>;
  /** One user; the server's `robot.get_user_info_mask` decides how much is told. */
  user(userId: string): Promise<WildfireUser>;
  users(userIds: readonly string[]): Promise<readonly WildfireUser[]>;
  group(groupId: string): Promise<WildfireGroup>;
  /** Empty when the robot is not a member. */
  members(groupId: string): Promise<readonly WildfireMember[]>;
  /** Where a file goes (server ≥ 1.4.6; the community edition needs Qiniu). */
  uploadTarget(file: UploadRequest): Promise<UploadTarget>;
}

/** A file that is to be uploaded. */
export interface UploadRequest {
  readonly fileName: string;
  readonly contentType?: string;
  /** As in a payload. */
  readonly mediaType: number;
}

/** The calls of one robot. */
export function createRobotApi(api: Api): RobotApi {
  const ask = <T>(path: string, json: Readonly<Record<string, unknown>>, schema: z.ZodType<T>) =>
    api.call({ path: `/robot/${path}`, json, isHarmless: true }, schema);
  return {
    send: (conv, payload, { toUsers, signal } = {}) =>
      api.call(
        { path: '/robot/message/send', json: { conv, payload, toUsers }, signal },
        sentSchema,
      ),
    reply: (messageUid, payload, { onlyToSender, signal } = {}) => {
      const json = { messageUid, payload, ...(onlyToSender && { only2Sender: true }) };
      return api.call({ path: '/robot/message/reply', json, signal }, sentSchema);
    },
    recall: (messageUid) => ask('message/recall', { messageUid }, nothingSchema),
    profile: () => ask('profile', {}, robotProfileSchema),
    callbackUrl: () => ask('get_callback', {}, callbackUrlSchema),
    setCallbackUrl: async (url) => {
      await ask('delete_callback', {}, nothingSchema);
      return await ask('set_callback', { url }, nothingSchema);
    },
    user: (userId) => ask('user_info', { userId }, userSchema),
    users: (userIds) => ask('user/batch_get_infos', { list: userIds }, usersSchema),
    group: (groupId) => ask('group/get_info', { groupId }, groupResultSchema),
    members: (groupId) => ask('group/member/list', { groupId }, membersSchema),
    uploadTarget: (file) => ask('oss/get_upload_url', { ...file }, uploadUrlSchema),
  };
}
