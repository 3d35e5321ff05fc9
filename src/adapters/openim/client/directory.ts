import { z } from 'zod';
import type { Clock } from '../../../core/clock.js';
import { createLookUp, type LookUp } from '../../shared/client/look-up.js';
import { integer, list, text } from '../schema/fields.js';
import type { Api } from './api.js';
import { isOpenIMError } from './api-error.js';
import { askMembers, type Member } from './members.js';

const usersSchema = z.object({
  usersInfo: list({
    userID: text,
    nickname: text,
    faceURL: text,
    ex: text,
    appMangerLevel: integer,
  }),
});
const groupsSchema = z.object({
  groupInfos: list({
    groupID: text,
    groupName: text,
    notification: text,
    faceURL: text,
    ownerUserID: text,
    memberCount: integer,
    status: integer,
  }),
});
const membershipSchema = z.object({ members: list({ userID: text }) });
const friendsSchema = z.object({ friendsInfo: list({ remark: text }) });

/** A user. */
export type User = z.infer<typeof usersSchema>['usersInfo'][number];
/** A group. */
export type Group = z.infer<typeof groupsSchema>['groupInfos'][number];
/** A friend of the bot, as far as the bot knows more of it than others do. */
export type Friend = z.infer<typeof friendsSchema>['friendsInfo'][number];

/** Who is who, each kept for ten minutes. What the server does not know is `undefined`. */
export interface Directory {
  /** By user id, at most 10,000. */
  readonly users: LookUp<User>;
  /** By group id, at most 10,000. */
  readonly groups: LookUp<Group>;
  /** All members of a group, by group id, at most 200 groups. */
  readonly members: LookUp<readonly Member[]>;
  /** Whether the bot is in a group, by group id, at most 10,000; `undefined` when it is not. */
  readonly memberships: LookUp<true>;
  /** By user id, at most 10,000; `undefined` for who is no friend of the bot. */
  readonly friends: LookUp<Friend>;
}

/** The directory as one bot sees it. */
export function createDirectory(api: Api, clock: Pick<Clock, 'now'>, botId: string): Directory {
  const kept = { clock, keptMs };
  return {
    users: createLookUp({
      ...kept,
      isUnknown: hasCode(1004, 1101),
      ask: async (id) => {
        const call = { api: '/user/get_users_info', body: { userIDs: [id] } };
        return (await api.post(call, usersSchema)).usersInfo.find(({ userID }) => userID === id);
      },
    }),
    groups: createLookUp({
      ...kept,
      isUnknown: hasCode(1004, 1201),
      ask: async (id) => {
        const call = { api: '/group/get_groups_info', body: { groupIDs: [id] } };
        const { groupInfos } = await api.post(call, groupsSchema);
        return groupInfos.find(({ groupID }) => groupID === id);
      },
    }),
    members: createLookUp({
      ...kept,
      max: 200,
      isUnknown: hasCode(1004, 1201, 1204),
      ask: (id) => askMembers(api, id),
    }),
    memberships: createLookUp({
      ...kept,
      isUnknown: hasCode(1004, 1201, 1203, 1204),
      ask: async (groupID) => {
        const body = { groupID, userIDs: [botId] };
        const { members } = await api.post(
          { api: '/group/get_group_members_info', body },
          membershipSchema,
        );
        return members.some(({ userID }) => userID === botId) ? true : undefined;
      },
    }),
    friends: createLookUp({
      ...kept,
      isUnknown: hasCode(1004, 1303),
      ask: async (id) => {
        const body = { ownerUserID: botId, friendUserIDs: [id] };
        const call = { api: '/friend/get_designated_friends', body };
        return (await api.post(call, friendsSchema)).friendsInfo[0];
      },
    }),
  };
}

/** People rename themselves without a word to bots that are not their friends, in ms. */
const keptMs = 600_000;

/** Tells the errors of these codes. */
function hasCode(...codes: readonly number[]): (error: unknown) => boolean {
  return (error) => isOpenIMError(error, ...codes);
}
