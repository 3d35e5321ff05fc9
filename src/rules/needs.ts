import type { Need, Role } from '../core/event.js';
import type { ContextName, Entry, Rule, UserSet } from '../core/rule.js';

/** Needs as bits, cheap to put together. */
export const needBits = { tags: 1, mention: 2, roles: 4, names: 8 } as const;

/** Roles that people have in private chats as well: a bit of rules that is none of an event. */
export const relationBit = 16;

const names = ['tags', 'mention', 'roles', 'names'] as const;

const roomRoles: ReadonlySet<Role> = new Set(['owner', 'admin', 'member']);
const relations: ReadonlySet<Role> = new Set(['friend', 'stranger', 'official']);

const sets: readonly ReadonlySet<Need>[] = Array.from(
  { length: 1 << names.length },
  (_, bits) => new Set(names.filter((need) => (bits & needBits[need]) !== 0)),
);

/** What tells receivers a name. */
const namingContext: ReadonlySet<ContextName> = new Set(['userName', 'userAlias', 'roomTopic']);

/** The needs in `bits`, as a set that is shared and must not be changed. */
export function needSet(bits: number): ReadonlySet<Need> {
  return sets[bits & (sets.length - 1)] as ReadonlySet<Need>;
}

/**
 * What the conditions of a rule ask for, in bits. `mention` and `roles` are asked for in rooms only,
 * `relationBit` means `roles` everywhere,
 * and `strip: [mention]` asks only when something is stripped: both are for the caller to see.
 */
export function needsOf({ users, trigger, callback }: Rule): number {
  const both: readonly (UserSet | undefined)[] = [users, users?.except];
  const tags = both.some((set) => set?.tags !== undefined);
  const asksFor = (roles: ReadonlySet<Role>) =>
    both.some((set) => set?.roles?.some((role) => roles.has(role)));
  const isNaming =
    both.some((set) => namesSomebody(set?.contacts) || namesSomebody(set?.rooms)) ||
    callback.context.some((name) => namingContext.has(name));
  return (
    (isNaming ? needBits.names : 0) |
    (tags ? needBits.tags : 0) |
    (asksFor(roomRoles) ? needBits.roles : 0) |
    (asksFor(relations) ? relationBit : 0) |
    (trigger.mention === undefined ? 0 : needBits.mention)
  );
}

/** True when one of the entries is more than an id. */
function namesSomebody(entries: readonly Entry[] = []): boolean {
  return entries.some(({ kind }) => kind !== 'id');
}
