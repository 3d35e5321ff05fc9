import { z } from 'zod';
import { flag, id, ids, integer, renamed, text } from './fields.js';

/** A group. Its fields have underscores on the wire, unlike all others. */
export const groupSchema = z
  .object({
    target_id: text,
    name: text,
    portrait: text,
    owner: text,
    /** 0 normal (微信式), 1 free, 2 restricted (QQ 式), 3 organization. */
    type: integer,
    member_count: integer,
    max_member_count: integer,
    extra: text,
    mute: integer,
    join_type: integer,
    deleted: flag,
  })
  .transform(({ target_id: groupId, member_count, max_member_count, ...rest }) => {
    const { join_type: joinType, ...group } = rest;
    return { groupId, ...group, joinType, memberCount: member_count, maxCount: max_member_count };
  });

/** A group of the server. */
export type WildfireGroup = z.infer<typeof groupSchema>;

/** What a `type` of a group's change means. */
export const groupChanges = ['create', 'update', 'transfer', 'mute', 'unmute', 'destroy'] as const;

/**
 * A group was made, changed or destroyed. The old page calls the operator `userId`.
 *
 * In this event the server writes 0 as the count of members, and the count of members as the most
 * that are allowed: mended here.
 */
export const groupUpdateSchema = renamed(
  { userId: 'operatorId' },
  {
    operatorId: text,
    groupId: id,
    type: integer,
    groupInfo: groupSchema
      .transform((group) =>
        group.memberCount === 0 ? { ...group, memberCount: group.maxCount, maxCount: 0 } : group,
      )
      .optional()
      .catch(undefined),
  },
);

/** What a `type` of a member's change means. */
export const memberChanges = ['join', 'leave', 'kick', 'role', 'alias', 'extra'] as const;

/** Members joined, left or changed. The old page has one `memberId` instead of a list. */
export const memberUpdateSchema = renamed(
  { memberId: 'memberIds' },
  {
    operatorId: text,
    groupId: id,
    memberIds: ids,
    type: integer,
    /** The new role or alias; also the new extra, with the type of an alias: a fault of the server. */
    value: text,
  },
);
