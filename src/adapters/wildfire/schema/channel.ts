import { z } from 'zod';
import { id, integer, text } from './fields.js';

/** A channel; never with its secret or callback, which the server sends in clear. */
export const channelSchema = z.object({
  channelId: text,
  name: text,
  desc: text,
  portrait: text,
  owner: text,
  extra: text,
  state: integer,
});

/** What a `type` of a channel's change means. */
export const channelChanges = ['create', 'update', 'transfer', 'destroy'] as const;

/** A channel was made, changed or destroyed. */
export const channelUpdateSchema = z.object({ operatorId: text, channelId: id, type: integer });

/** Somebody subscribed (`status` 1) or unsubscribed (0). */
export const subscriptionSchema = z.object({ userId: id, channelId: id, status: integer });
