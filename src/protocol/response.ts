import { z } from 'zod';
import type { Reply } from '../core/reply.js';

/** The longest base64 of a file of 25 MB. */
const maxBase64Length = Math.ceil((25 * 1024 * 1024) / 3) * 4;

const httpUrl = z.url({ protocol: /^https?$/u });

const text = z.object({
  type: z.literal('text'),
  text: z.string(),
  mention: z.boolean().exactOptional(),
  quote: z.boolean().exactOptional(),
});

const file = z
  .object({
    type: z.enum(['image', 'file', 'audio', 'video']),
    url: httpUrl.exactOptional(),
    base64: z.base64().max(maxBase64Length).exactOptional(),
    name: z.string().min(1).exactOptional(),
  })
  .refine((value) => (value.url === undefined) !== (value.base64 === undefined), {
    error: 'a file with either url or base64',
  })
  .refine((value) => value.base64 === undefined || value.name !== undefined, {
    error: 'a name for the base64',
    path: ['name'],
  });

const link = z.object({
  type: z.literal('link'),
  url: httpUrl,
  title: z.string().min(1),
  description: z.string().exactOptional(),
  thumbnailUrl: httpUrl.exactOptional(),
});

const miniProgram = z.object({
  type: z.literal('miniProgram'),
  appid: z.string().min(1),
  pagePath: z.string().exactOptional(),
  title: z.string().exactOptional(),
  description: z.string().exactOptional(),
  username: z.string().exactOptional(),
  thumbUrl: z.string().exactOptional(),
  thumbKey: z.string().exactOptional(),
});

const contact = z.object({ type: z.literal('contact'), contactId: z.string().min(1) });

const location = z.object({
  type: z.literal('location'),
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  name: z.string().exactOptional(),
  address: z.string().exactOptional(),
});

const card = z.object({
  type: z.literal('card'),
  card: z.record(z.string(), z.unknown()),
  update: z.object({ userIds: z.array(z.string()).exactOptional() }).exactOptional(),
});

/** Checks one reply. */
export const replySchema: z.ZodType<Reply> = z.discriminatedUnion('type', [
  text,
  file,
  link,
  miniProgram,
  contact,
  location,
  card,
]);

/** Checks a list of replies: one invalid reply makes the whole list invalid. */
export const repliesSchema = z.array(replySchema).max(100);

/** What a receiver answers. `replies`, when given, are said after `message`. */
export interface RunEventTaskResponse {
  /** False refuses: nothing is retried, and `message` is the reason. */
  success: boolean;
  /** Said in the chat; `""` says nothing. */
  message: string;
  replies?: readonly Reply[];
}

/** Checks a receiver's JSON answer. Unknown fields are allowed and ignored. */
export const runEventTaskResponseSchema = z.object({
  success: z.boolean(),
  message: z.string(),
  replies: repliesSchema.exactOptional(),
}) satisfies z.ZodType<RunEventTaskResponse>;
