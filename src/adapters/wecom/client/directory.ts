import { z } from 'zod';
import type { Clock } from '../../../core/clock.js';
import { createLookUp, type LookUp } from '../../shared/client/look-up.js';
import type { Api } from './api.js';
import { isWeComError } from './api-error.js';
import type { AppChat, AppChats } from './app-chat.js';

const word = z.string().default('');
const number = z.number().optional().catch(undefined);

const memberSchema = z.object({
  userid: z.string(),
  name: word,
  alias: word,
  position: word,
  /** Apps made after 2022-06-20 do not get it. */
  avatar: word,
  gender: z.coerce.string().default(''),
  department: z.array(z.number()).default([]),
  main_department: number,
  /** 1 active, 2 disabled, 4 not activated, 5 left. */
  status: number,
});

const customerSchema = z.object({
  external_contact: z.object({
    external_userid: z.string(),
    name: word,
    avatar: word,
    /** 1 WeChat, 2 WeCom. */
    type: number,
    gender: number,
    corp_name: word,
    unionid: word,
  }),
  /** The first 500 members who have added the customer. */
  follow_user: z
    .array(
      z.object({
        userid: z.string(),
        remark: word,
        state: word,
        tags: z.array(z.object({ tag_name: word })).default([]),
      }),
    )
    .default([]),
});

const groupSchema = z.object({
  group_chat: z.object({
    chat_id: z.string(),
    name: word,
    owner: word,
    member_list: z.array(z.object({ userid: z.string(), name: word, type: number })).default([]),
  }),
});

const departmentSchema = z.object({
  /** The name is missing without the permission for it. */
  department: z.object({ id: z.number(), name: word, parentid: number }),
});

const tagSchema = z.object({
  tagname: word,
  userlist: z.array(z.object({ userid: z.string(), name: word })).default([]),
});

/** A member of the corp, as `user/get` tells it (D90196). */
export type Member = z.infer<typeof memberSchema>;
/** A customer and who has added it, as `externalcontact/get` tells it (D92114). */
export type Customer = z.infer<typeof customerSchema>;
/** A group with customers, as `externalcontact/groupchat/get` tells it (D92122). */
export type CustomerGroup = z.infer<typeof groupSchema>['group_chat'];
/** A department, as `department/get` tells it (D95351). */
export type Department = z.infer<typeof departmentSchema>['department'];
/** A tag and its members, as `tag/get` tells it (D90213). */
export type Tag = z.infer<typeof tagSchema>;

/**
 * Who is who, kept for an hour, at most 10,000 of each kind. What the app does not see is
 * `undefined`, kept for a minute.
 */
export interface Directory {
  /** By UserID, which is compared without case. */
  readonly members: LookUp<Member>;
  /** By external user id (`wm…`, `wo…`). */
  readonly customers: LookUp<Customer>;
  readonly customerGroups: LookUp<CustomerGroup>;
  /** Group chats that the app made. */
  readonly appChats: LookUp<AppChat>;
  readonly departments: LookUp<Department>;
  readonly tags: LookUp<Tag>;
}

/** The directory as one app sees it. */
export function createDirectory(api: Api, clock: Clock, appChats: AppChats): Directory {
  return {
    members: createLookUp({
      clock,
      keyOf: (userId) => userId.toLowerCase(),
      isUnknown: hasCode(40_003, 50_002, 60_011, 60_111),
      ask: (userid) => api.json({ api: 'user/get', query: { userid } }, memberSchema),
    }),
    customers: createLookUp({
      clock,
      isUnknown: hasCode(40_096, 84_061),
      ask: (id) =>
        api.json({ api: 'externalcontact/get', query: { external_userid: id } }, customerSchema),
    }),
    customerGroups: createLookUp({
      clock,
      isUnknown: hasCode(40_050, 49_008, 86_003),
      ask: async (id) => {
        const json = { chat_id: id, need_name: 1 };
        const call = { api: 'externalcontact/groupchat/get', json };
        return (await api.json(call, groupSchema)).group_chat;
      },
    }),
    appChats: createLookUp({
      clock,
      // 48002: the app may not make chats, so there is none.
      isUnknown: hasCode(40_050, 48_002, 86_003),
      ask: (id) => appChats.get(id),
    }),
    departments: createLookUp({
      clock,
      isUnknown: hasCode(60_003, 60_011, 60_123),
      ask: async (id) =>
        (await api.json({ api: 'department/get', query: { id } }, departmentSchema)).department,
    }),
    tags: createLookUp({
      clock,
      isUnknown: hasCode(40_068, 60_011),
      ask: (tagid) => api.json({ api: 'tag/get', query: { tagid } }, tagSchema),
    }),
  };
}

/** Tells the errors of these codes. */
function hasCode(...codes: readonly number[]): (error: unknown) => boolean {
  return (error) => isWeComError(error, ...codes);
}
