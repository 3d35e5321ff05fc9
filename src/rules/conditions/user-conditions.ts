import type { Role } from '../../core/event.js';
import { roleNames } from '../../core/names.js';
import type { CompiledRule } from '../compiled-rule.js';
import type { EventView } from '../event-view.js';
import { hasRole } from './compile-users.js';
import type { Condition } from './condition.js';
import { quoted, quotedZh, wantedAndSeen } from './wording.js';

/** The roles that are ignored unless a rule lists them. */
const ignoredRoles: readonly Role[] = ['official', 'system'];

const ignored: Condition = {
  key: 'users.roles',
  passes: (rule, view) => ignoredRole(rule, view) === undefined,
  describe: (rule, view) => {
    const role = ignoredRole(rule, view) ?? '';
    return {
      en: `${role} accounts are ignored unless users.roles lists ${role}`,
      zh: `默认忽略${roleNames[role]?.zh ?? role}，除非 users.roles 列出 ${role}`,
    };
  },
};

const listed: Condition = {
  key: 'users',
  passes: ({ users }, { event }) => users.listed === undefined || users.listed(event),
  describe: (_rule, view) => ({
    en: `${personOf(view)} is not a listed contact, has no listed tag and is in no listed room`,
    zh: `${personOf(view, quotedZh)} 不在所列联系人中，没有所列标签，也不在所列群中`,
  }),
};

const roles: Condition = {
  key: 'users.roles',
  passes: ({ users }, { event }) => users.roles === undefined || hasRole(event, users.roles),
  describe: ({ rule }, { event }) =>
    wantedAndSeen(rule.users?.roles ?? [], event.user.roles, roleNames),
};

const except: Condition = {
  key: 'users.except',
  passes: ({ users }, { event }) => users.excepted === undefined || !users.excepted(event),
  describe: (_rule, view) => ({
    en: `${personOf(view)} is excepted`,
    zh: `${personOf(view, quotedZh)} 被排除`,
  }),
};

/** Bots that answer each other do so for ever. */
const otherBot: Condition = {
  key: 'users.contacts',
  passes: ({ users, rule }, { event }) =>
    event.byOtherBot !== true || !rule.reply.speak || users.named?.(event) === true,
  describe: (_rule, view) => ({
    en: `${personOf(view)} is another bot of this program: only a rule whose users.contacts names it answers it`,
    zh: `${personOf(view, quotedZh)} 是本程序的另一个机器人：仅 users.contacts 指明它的规则才会应答`,
  }),
};

/** Who triggered the event. */
export const userConditions: readonly Condition[] = [ignored, otherBot, listed, roles, except];

function ignoredRole({ users }: CompiledRule, { event }: EventView): Role | undefined {
  return ignoredRoles.find(
    (role) => event.user.roles.includes(role) && users.roles?.has(role) !== true,
  );
}

function personOf({ event: { user, conversation } }: EventView, inQuotes = quoted): string {
  const name = user.name === '' ? '' : ` ${inQuotes(user.name)}`;
  return `${user.id}${name}${conversation?.kind === 'room' ? ` @ ${conversation.id}` : ''}`;
}
