import type { Clock } from '../../../core/clock.js';
import { createLookUp, type LookUp } from '../../shared/client/look-up.js';
import type { WildfireGroup } from '../schema/group.js';
import type { WildfireUser } from '../schema/user.js';
import { isWildfireError } from './api-error.js';
import type { WildfireMember, WildfireRelation } from './results.js';

/** Who can be asked; the admin is asked before a robot, and a channel knows users alone. */
export interface DirectorySource {
  readonly user: (userId: string) => Promise<WildfireUser>;
  readonly group?: (groupId: string) => Promise<WildfireGroup>;
  readonly members?: (groupId: string) => Promise<readonly WildfireMember[]>;
  /** What a user is to the bot: the admin alone tells. */
  readonly relation?: ((userId: string) => Promise<WildfireRelation>) | undefined;
}

/**
 * Users, groups and members, each kept for ten minutes. What the server does not know, or nobody can
 * be asked about, is `undefined`. All may reject with WildfireApiError.
 */
export interface Directory {
  /** By user id, at most 5,000. */
  readonly users: LookUp<WildfireUser>;
  /** By group id, at most 2,000. */
  readonly groups: LookUp<WildfireGroup>;
  /** By group id, at most 500 groups. Empty when the bot may not see them. */
  readonly members: LookUp<readonly WildfireMember[]>;
  /** What users are to the bot, by user id, at most 5,000. */
  readonly relations: LookUp<WildfireRelation>;
}

const keptMs = 600_000;
/** The server's code for what is not there. */
const notExisting = 253;

function isUnknown(error: unknown): boolean {
  return isWildfireError(error, notExisting);
}

/** A directory of one server. */
export function createDirectory(source: DirectorySource, clock: Pick<Clock, 'now'>): Directory {
  const { user, group, members, relation } = source;
  const kept = { clock, keptMs, isUnknown };
  return {
    users: createLookUp({ ...kept, ask: user, max: 5000 }),
    groups: createLookUp({ ...kept, ask: async (id) => await group?.(id), max: 2000 }),
    relations: createLookUp({ ...kept, ask: async (id) => await relation?.(id), max: 5000 }),
    members: createLookUp({ ...kept, ask: async (id) => await members?.(id), max: 500 }),
  };
}
