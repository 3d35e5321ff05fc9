import { z } from 'zod';
import { ids, integer, text } from './fields.js';

/** What a message holds; which field means what depends on `type`. Absent reads as `''`, 0 or []. */
export const payloadSchema = z.object({
  type: integer,
  searchableContent: text,
  pushContent: text,
  pushData: text,
  content: text,
  /** Binary, or JSON in UTF-8; standard alphabet. */
  base64edData: text,
  /** 0 general, 1 image, 2 voice, 3 video, 4 file, 5 portrait, 6 favourite, 7 sticker. */
  mediaType: integer,
  remoteMediaUrl: text,
  /** 0 not stored, 1 stored, 3 stored and counted as unread, 4 transparent (透传). */
  persistFlag: integer,
  /** Seconds. */
  expireDuration: integer,
  /** 0 nobody, 1 those in `mentionedTarget`, 2 everybody. */
  mentionedType: integer,
  mentionedTarget: ids,
  extra: text,
});

/** The content of a message, as callbacks and API calls write it. */
export type WildfirePayload = z.infer<typeof payloadSchema>;
