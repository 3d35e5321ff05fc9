import type { Clock } from '../../../core/clock.js';
import type { WildfireGroup } from '../schema/group.js';
import type { WildfireUser } from '../schema/user.js';
import { type Remembered, remember } from './remembered.js';
import type { WildfireMember } from './results.js';

/** Who can be asked; a robot is asked before the admin, and a channel knows users alone. */
export interface DirectorySource {
  readonly user: (userId: string) => Promise<WildfireUser>;
  readonly group?: (groupId: string) => Promise<WildfireGroup>;
  readonly members?: (groupId: string) => Promise<readonly WildfireMember[]>;
}

/** Users, groups and members, remembered for ten minutes. All may throw WildfireApiError. */
export interface Directory {
  readonly users: Remembered<WildfireUser>;
  /** A group that cannot be asked for has its id alone. */
  readonly groups: Remembered<WildfireGroup>;
  /** Empty when the bot may not see them. */
  readonly members: Remembered<readonly WildfireMember[]>;
}

/** A directory of one server. */
export function createDirectory(source: DirectorySource, clock: Pick<Clock, 'now'>): Directory {
  return {
    users: remember(source.user, { clock }),
    groups: remember(async (groupId) => (await source.group?.(groupId)) ?? bareGroup(groupId), {
      clock,
      max: 2000,
    }),
    members: remember(async (groupId) => (await source.members?.(groupId)) ?? [], {
      clock,
      max: 500,
    }),
  };
}

function bareGroup(groupId: string): WildfireGroup {
  return {
    groupId,
    name: '',
    portrait: '',
    owner: '',
    type: 0,
    extra: '',
    mute: 0,
    deleted: false,
    joinType: 0,
    memberCount: 0,
    maxCount: 0,
  };
}
