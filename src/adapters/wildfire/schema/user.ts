import { z } from 'zod';
import { id, integer, text } from './fields.js';

/**
 * A user: the whole record, not the change. The server never sends the password. `robot.user_info`
 * leaves out what its mask does not allow, `type` among it.
 */
export const userSchema = z.object({
  userId: id,
  name: text,
  displayName: text,
  portrait: text,
  /** 0 unknown, 1 male, 2 female. */
  gender: integer,
  mobile: text,
  email: text,
  address: text,
  company: text,
  social: text,
  extra: text,
  /** 0 person, 1 robot, 2 device, 3 admin, 100 super admin. */
  type: integer,
  deleted: integer,
  /** Milliseconds since 1970. */
  updateDt: integer,
});

/** A user of the server. */
export type WildfireUser = z.infer<typeof userSchema>;

/** The `type` of a user that is a robot. */
export const robotUserType = 1;
