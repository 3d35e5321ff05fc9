import type { BotEvent, Role } from '../../core/event.js';
import type { Entry, Rule, UserSet } from '../../core/rule.js';
import type { ProblemList } from '../problem-list.js';
import { compileEntries, type EntryList, listedPerson } from './entry-list.js';

/** Who may trigger a rule, ready to be asked. Absent parts are no condition. */
export interface UserTest {
  /** One of the listed contacts, tags or rooms. */
  readonly listed?: (event: BotEvent) => boolean;
  /** One of the roles. */
  readonly roles?: ReadonlySet<Role>;
  readonly excepted?: (event: BotEvent) => boolean;
  /** `users.contacts` names this very one, by id or by a text: no pattern does. */
  readonly named?: (event: BotEvent) => boolean;
}

/** Compiles `users` of a rule. */
export function compileUsers(rule: Rule, problems: ProblemList): UserTest {
  const { users } = rule;
  if (users === undefined) return {};
  const listed = compileKinds(users, { rule, problems, path: ['users'] });
  const excepted = users.except && compileExcept(users.except, { rule, problems });
  return {
    ...(listed && { listed }),
    ...(users.roles && { roles: new Set(users.roles) }),
    ...(excepted && { excepted }),
    ...(users.contacts && { named: compileNamed(users.contacts, { rule, problems }) }),
  };
}

/** True when the person has one of the roles. */
export function hasRole(event: BotEvent, roles: ReadonlySet<Role>): boolean {
  return event.user.roles.some((role) => roles.has(role));
}

interface Context {
  readonly rule: Rule;
  readonly problems: ProblemList;
}

/** Listed kinds are alternatives: a listed contact, one with a listed tag, anyone in a listed room. */
function compileKinds(
  set: UserSet,
  { rule, problems, path }: Context & { readonly path: readonly string[] },
): ((event: BotEvent) => boolean) | undefined {
  const compile = (kind: 'contacts' | 'tags' | 'rooms'): EntryList | undefined => {
    const entries = set[kind];
    const at = [...path, kind];
    return entries && compileEntries(entries, { problems, path: at, unsafe: rule.unsafeRegex });
  };
  const [contacts, tags, rooms] = [compile('contacts'), compile('tags'), compile('rooms')];
  if (contacts === undefined && tags === undefined && rooms === undefined) return undefined;
  return (event) =>
    contacts?.(listedPerson(event.user)) === true ||
    tags?.({ ids: event.user.tags, name: event.user.tags }) === true ||
    rooms?.(listedRoom(event)) === true;
}

/** As in `users`, kinds are alternatives and roles narrow; naming nothing excepts nobody. */
function compileExcept(set: UserSet, context: Context): ((event: BotEvent) => boolean) | undefined {
  const listed = compileKinds(set, { ...context, path: ['users', 'except'] });
  const roles = set.roles && new Set(set.roles);
  if (listed === undefined && roles === undefined) return undefined;
  return (event) =>
    (listed === undefined || listed(event)) && (roles === undefined || hasRole(event, roles));
}

function compileNamed(
  contacts: readonly Entry[],
  { rule, problems }: Context,
): (event: BotEvent) => boolean {
  const naming = contacts.filter((entry) => entry.kind === 'id' || entry.pattern.kind === 'text');
  const path = ['users', 'contacts'];
  const isNamed = compileEntries(naming, { problems, path, unsafe: rule.unsafeRegex });
  return ({ user }) => isNamed(listedPerson(user));
}

function listedRoom({ conversation, topic }: BotEvent): { ids: readonly string[]; topic?: string } {
  if (conversation?.kind !== 'room') return { ids: [] };
  return { ids: [conversation.id], ...(topic !== undefined && { topic }) };
}
