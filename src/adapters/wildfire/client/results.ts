import { z } from 'zod';
import { flag, id, ids, int64, integer, text } from '../schema/fields.js';
import { groupSchema } from '../schema/group.js';
import { userSchema } from '../schema/user.js';

/** A result that nobody reads. */
export const nothingSchema = z.unknown().transform((): undefined => undefined);

/** A message that was sent. */
export const sentSchema = z.object({
  /** Decimal, 64 bits. */
  messageUid: int64,
  /** Milliseconds since 1970. */
  timestamp: integer,
});

/** A message that was sent. */
export type SentMessage = z.infer<typeof sentSchema>;

/** A member of a group. */
export const memberSchema = z
  .object({
    member_id: id,
    alias: text,
    /** 0 normal, 1 manager, 2 owner, 3 muted, 4 removed, 5 allowed. */
    type: integer,
  })
  .transform(({ member_id: userId, ...rest }) => ({ userId, ...rest }));

/** A member of a group. */
export type WildfireMember = z.infer<typeof memberSchema>;

/** The members of a group; Gson leaves out an empty list. */
export const membersSchema = z
  .object({ members: z.array(memberSchema).nullish() })
  .transform(({ members }) => members ?? []);

/** What one user is to another; the server leaves out what it does not know. */
export const relationSchema = z.object({ isFriend: flag, alias: text });

/** What one user is to another. */
export type WildfireRelation = z.infer<typeof relationSchema>;

/** Several users. */
export const usersSchema = z
  .object({ userInfos: z.array(userSchema).nullish() })
  .transform(({ userInfos }) => userInfos ?? []);

/** A group; some servers leave out its id. */
export const groupResultSchema = groupSchema;

/** The ids of a user's groups. */
export const groupIdsSchema = z.object({ groupIds: ids }).transform(({ groupIds }) => groupIds);

/** Where a robot's callback goes; `''` when it has none. */
export const callbackUrlSchema = z
  .object({ url: text })
  .nullish()
  .transform((result) => result?.url ?? '');

/** What a robot tells of itself. */
export const robotProfileSchema = z.object({
  userId: text,
  name: text,
  displayName: text,
  portrait: text,
  owner: text,
});

/** What a channel tells of itself; not its secret. */
export const channelProfileSchema = z.object({
  channelId: text,
  name: text,
  desc: text,
  portrait: text,
  owner: text,
  automatic: flag,
});

/** Where a file is uploaded to. */
export const uploadUrlSchema = z.object({
  uploadUrl: id,
  backupUploadUrl: text,
  downloadUrl: id,
  /** 1: Qiniu, `uploadUrl` is `host?token?key`; otherwise the file is PUT there. */
  type: integer,
});

/** Where a file is uploaded to. */
export type UploadTarget = z.infer<typeof uploadUrlSchema>;
