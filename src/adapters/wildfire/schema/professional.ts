import { z } from 'zod';
import { flag, id, ids, int64, integer, text } from './fields.js';
import { conversationSchema } from './message.js';

/** A user read a conversation. */
export const readSchema = z.object({
  user: id,
  conversation: conversationSchema,
  readTime: integer,
});

/** A conference; its `pin` is a secret and is not taken over. */
export const conferenceSchema = z.object({
  userId: text,
  roomId: id,
  serverId: text,
  description: text,
  max_publishers: integer,
  bitrate: integer,
  advance: flag,
  recording: flag,
  screenSharing: flag,
  rejoin: flag,
  kicked: flag,
  video: flag,
  timestamp: integer,
});

/** A moment (朋友圈). */
export const feedSchema = z.object({
  feedId: int64,
  sender: id,
  timestamp: integer,
  /** 0 text, 1 image, 2 video, 3 link. */
  type: integer,
  text,
  to: ids,
  ex: ids,
  mu: ids,
  extra: text,
});

/** A comment on a moment, or a thumb up (`type` 1). */
export const commentSchema = z.object({
  commentId: int64,
  replyId: int64,
  sender: id,
  timestamp: integer,
  feedId: int64,
  type: integer,
  text,
  replyTo: text,
  extra: text,
});

/** A moment (`id`) or a comment on it (`id2`) was taken back. */
export const momentRecallSchema = z.object({ id: int64, id2: int64 });

/** A device's message; `data` is a list of signed bytes, because Gson writes Java's so. */
export const deviceSchema = z.object({
  deviceId: id,
  type: integer,
  data: z
    .array(z.number().int().min(-128).max(255))
    .nullish()
    .transform((bytes) => Buffer.from((bytes ?? []).map((byte) => byte & 0xff))),
});
