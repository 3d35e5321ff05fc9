import { z } from 'zod';

/** A frame from the platform: a callback has a `cmd`, the answer to one of ours has none. */
export const incomingSchema = z.object({
  cmd: z.string().optional(),
  headers: z.object({ req_id: z.string() }).catch({ req_id: '' }),
  body: z.unknown().optional(),
  errcode: z.number().optional(),
});

/** What the platform answered to a frame of ours. */
export type Acknowledged =
  | { readonly kind: 'taken'; readonly body: unknown }
  /**
   * Refused; `code` is an errcode, or why there is none: `unsent` (nothing left this machine),
   * `closed` and `timeout` (nobody knows whether it was taken).
   */
  | { readonly kind: 'refused'; readonly code: string };

/** What is sent (D101463). */
export type Command =
  | 'aibot_subscribe'
  | 'ping'
  | 'aibot_respond_msg'
  | 'aibot_respond_welcome_msg'
  | 'aibot_respond_update_msg'
  | 'aibot_send_msg'
  | 'aibot_upload_media_init'
  | 'aibot_upload_media_chunk'
  | 'aibot_upload_media_finish';
