import { z } from 'zod';
import { id, integer, text } from './fields.js';

/** What a `type` of a relation's change means. */
export const relationChanges = ['friend', 'alias', 'blacklist', 'extra'] as const;

/** `userId` changed what `targetId` is to him; one direction only. */
export const relationSchema = z.object({
  userId: id,
  /** The other user; the documentation calls it a client id. */
  targetId: id,
  type: integer,
  /** `1` or `0` for friend and blacklist, else the new text. */
  value: text,
});
