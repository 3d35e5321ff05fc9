import { z } from 'zod';
import { integer, list, text } from '../schema/fields.js';
import type { Api } from './api.js';

const membersSchema = z.object({
  total: integer,
  members: list({
    userID: text,
    nickname: text,
    faceURL: text,
    /** 100 owner, 60 admin, 20 member. */
    roleLevel: integer,
    inviterUserID: text,
  }),
});

/** A member of a group; `nickname` is the name used there. */
export type Member = z.infer<typeof membersSchema>['members'][number];

const pageSize = 500;
/** Members beyond these are left out: nobody picks a name from so many. */
const maxMembers = 20_000;

/** All members of a group, page by page. Throws OpenIMApiError. */
export async function askMembers(api: Api, groupID: string): Promise<readonly Member[]> {
  const found: Member[] = [];
  for (let pageNumber = 1; found.length < maxMembers; pageNumber += 1) {
    const pagination = { pageNumber, showNumber: pageSize };
    const body = { groupID, filter: 0, keyword: '', pagination };
    const { members } = await api.post(
      { api: '/group/get_group_member_list', body },
      membersSchema,
    );
    found.push(...members);
    if (members.length < pageSize) break;
  }
  return found;
}
