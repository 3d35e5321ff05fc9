import type { Need, Role } from '../core/event.js';
import type { Rule, UserSet } from '../core/rule.js';

/** Needs as bits, cheap to put together. */
export const needBits = { tags: 1, mention: 2, roles: 4 } as const;

const roomRoles: ReadonlySet<Role> = new Set(['owner', 'admin', 'member']);

const sets: readonly ReadonlySet<Need>[] = Array.from(
  { length: 8 },
  (_, bits) =>
    new Set(
      (['tags', 'mention', 'roles'] as const).filter((need) => (bits & needBits[need]) !== 0),
    ),
);

/** The needs in `bits`, as a set that is shared and must not be changed. */
export function needSet(bits: number): ReadonlySet<Need> {
  return sets[bits & 7] as ReadonlySet<Need>;
}

/**
 * What the conditions of a rule ask for, in bits. `mention` and `roles` are asked for in rooms only,
 * and `strip: [mention]` asks only when something is stripped: both are for the caller to see.
 */
export function needsOf({ users, trigger }: Rule): number {
  const both: readonly (UserSet | undefined)[] = [users, users?.except];
  const tags = both.some((set) => set?.tags !== undefined);
  const roles = both.some((set) => set?.roles?.some((role) => roomRoles.has(role)));
  return (
    (tags ? needBits.tags : 0) |
    (roles ? needBits.roles : 0) |
    (trigger.mention === undefined ? 0 : needBits.mention)
  );
}
