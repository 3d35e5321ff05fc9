import type { Bilingual } from '../../core/language.js';
import type { Rule } from '../../core/rule.js';
import { fold } from '../fold.js';

/** A reason why a rule does not work as meant, and the key that is to blame. */
export interface Reason {
  /** Counted from the rule. */
  readonly path: readonly (string | number)[];
  readonly text: Bilingual;
}

/** Where events of these names happen; all others happen in both kinds of chat. */
const places: Readonly<Record<string, 'private' | 'room' | 'none'>> = {
  friendship: 'private',
  'room-invite': 'private',
  'room-join': 'room',
  'room-leave': 'room',
  'room-topic': 'room',
  login: 'none',
  logout: 'none',
  error: 'none',
};

const roomRoles: ReadonlySet<string> = new Set(['owner', 'admin', 'member']);

/** Why the conditions of a rule exclude one another; empty when nothing is seen that does. */
export function whyNeverMatches(rule: Rule): readonly Reason[] {
  return checks.flatMap((check) => check(rule) ?? []);
}

const checks: readonly ((rule: Rule) => Reason | undefined)[] = [
  ({ trigger }) => {
    if (trigger.probability > 0) return undefined;
    return reason(['trigger', 'probability'], 'the probability is 0', '概率为 0');
  },
  ({ trigger }) => {
    if (trigger.on.some((name) => happensIn(name, trigger.in))) return undefined;
    return reason(
      ['trigger', 'in'],
      `${trigger.on.join(', ')} does not happen in ${trigger.in.join(', ')}`,
      `${trigger.on.join(', ')} 不会发生在 ${trigger.in.join(', ')} 中`,
    );
  },
  ({ trigger, users }) => {
    const elsewhere = users?.rooms === undefined || users.contacts || users.tags;
    if (elsewhere || trigger.in.includes('room')) return undefined;
    return reason(
      ['users', 'rooms'],
      'only rooms are listed, and trigger.in allows private chats only',
      '只列出了群，而 trigger.in 只允许私聊',
    );
  },
  ({ trigger, users }) => {
    const elsewhere = users?.roles?.some((role) => !roomRoles.has(role)) ?? true;
    if (elsewhere || trigger.in.includes('room')) return undefined;
    return reason(
      ['users', 'roles'],
      'only roles in a room are listed, and trigger.in allows private chats only',
      '只列出了群内角色，而 trigger.in 只允许私聊',
    );
  },
  ({ users }) => {
    const except = users?.except;
    if (except?.roles === undefined || users?.roles === undefined) return undefined;
    if (except.contacts || except.tags || except.rooms) return undefined;
    if (users.roles.some((role) => !except.roles?.includes(role))) return undefined;
    return reason(
      ['users', 'except'],
      'every listed role is excepted',
      '所列角色全部被 except 排除',
    );
  },
  ({ trigger: { schedule } }) => {
    if (schedule?.windows.some(({ days }) => days.length > 0) ?? true) return undefined;
    return reason(['trigger', 'schedule'], 'no window is open on any day', '没有任何开放的时间段');
  },
  (rule) => {
    if (!rule.trigger.on.every((name) => name === 'message') || !contradicts(rule)) {
      return undefined;
    }
    return reason(
      ['keywords'],
      `no text can match all keywords with match: ${rule.match}`,
      `没有文本能同时以 match: ${rule.match} 匹配全部关键字`,
    );
  },
];

function happensIn(name: string, allowed: readonly ('private' | 'room')[]): boolean {
  const place = places[name];
  if (place === undefined) return allowed.length > 0;
  return place === 'none' ? allowed.length > 1 : allowed.includes(place);
}

/** Whether all keywords are wanted at the same place of one text and differ there. */
function contradicts(rule: Rule): boolean {
  if (rule.keywordMode !== 'all' || new Set(rule.searchIn).size > 1) return false;
  const keywords = rule.keywords.map((keyword) => fold(keyword, rule.fold));
  const longest = keywords.reduce((best, word) => (word.length > best.length ? word : best), '');
  if (rule.match === 'equals') return keywords.some((keyword) => keyword !== longest);
  if (rule.match === 'startsWith') return keywords.some((keyword) => !longest.startsWith(keyword));
  if (rule.match === 'endsWith') return keywords.some((keyword) => !longest.endsWith(keyword));
  return false;
}

function reason(path: Reason['path'], en: string, zh: string): Reason {
  return {
    path,
    text: { en: `this rule can never match: ${en}`, zh: `该规则永远不会匹配：${zh}` },
  };
}
