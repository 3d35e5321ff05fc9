import { z } from 'zod';
import { id, integer, text } from './fields.js';

const sessionSchema = z.object({
  clientId: text,
  userId: text,
  platform: integer,
  /** 0 connected, 1 has a session but is offline. */
  status: integer,
  lastSeen: integer,
  packageName: text,
  ip: text,
});

/**
 * A device came online, went offline or logged out.
 *
 * Inside `sessions` the server swaps the ids of user and client (still in 1.4.8): mended here, by
 * comparison with the user at the top.
 */
export const onlineSchema = z
  .object({
    userId: id,
    clientId: text,
    platform: integer,
    status: integer,
    timestamp: integer,
    packageName: text,
    customState: integer,
    customText: text,
    sessions: z.array(sessionSchema).nullish().catch(undefined),
  })
  .transform(({ sessions, ...online }) => ({
    ...online,
    sessions: (sessions ?? []).map((session) =>
      session.clientId === online.userId && session.userId !== online.userId
        ? { ...session, clientId: session.userId, userId: session.clientId }
        : session,
    ),
  }));

/** What a device did. */
export type Presence = 'online' | 'offline' | 'logout' | 'unknown';

/**
 * The meaning of `status`. Servers since December 2020 send 0 for online and 1 for offline; the old
 * page says the opposite of both, and older servers do what it says.
 *
 * @param isLegacy the old page's meaning
 */
export function presenceOf(status: number, isLegacy: boolean): Presence {
  if (status === -1) return 'logout';
  if (status !== 0 && status !== 1) return 'unknown';
  return (status === 0) === isLegacy ? 'offline' : 'online';
}
