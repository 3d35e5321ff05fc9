import { CallbackError } from '../../../core/errors.js';

/** Who a message is for: some, or the whole visible range of the app. */
export type Recipients =
  | {
      /** UserIDs, at most 1,000. */
      readonly users?: readonly string[];
      /** Ids of departments, at most 100. */
      readonly parties?: readonly string[];
      /** At most 100. */
      readonly tags?: readonly string[];
    }
  | '@all';

/** Whom a message did not reach although WeCom took it: ids as they were given. */
export interface Unreached {
  /** Unknown, or outside the visible range. */
  readonly invalidUsers: readonly string[];
  /** Without an interface licence (接口许可). */
  readonly unlicensedUsers: readonly string[];
  readonly invalidParties: readonly string[];
  readonly invalidTags: readonly string[];
}

/** WeCom compares UserIDs without case, and answers them in lower case (D90236). */
function sameUser(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

const most = { users: 1000, parties: 100, tags: 100 } as const;

/**
 * The fields of `message/send` that say who it is for.
 *
 * @throws CallbackError `wecom-recipients-invalid` for nobody, too many, or ids with a `|`
 */
export function recipientFields(to: Recipients) {
  if (to === '@all') return { touser: '@all' };
  const fields = {
    touser: joined(to.users, 'users'),
    toparty: joined(to.parties, 'parties'),
    totag: joined(to.tags, 'tags'),
  };
  const named = Object.entries(fields).filter(([, ids]) => ids !== '');
  if (named.length === 0) throw invalid('it names nobody', '未指定接收者');
  return Object.fromEntries(named);
}

function joined(ids: readonly string[] = [], kind: keyof typeof most): string {
  if (ids.length > most[kind]) {
    throw invalid(`more than ${most[kind]} ${kind}`, `${kind} 超过 ${most[kind]} 个`);
  }
  if (ids.some((id) => id === '' || id.includes('|'))) {
    throw invalid('an id is empty or has a "|"', 'ID 为空或包含“|”');
  }
  return ids.join('|');
}

function invalid(en: string, zh: string): CallbackError {
  return new CallbackError('wecom-recipients-invalid', {
    text: { en: `The WeCom message cannot be sent: ${en}.`, zh: `无法发送企业微信消息：${zh}。` },
  });
}

/** What the pace is kept for. Who is in a department or has a tag is not known here. */
export function lanesOf(to: Recipients): readonly string[] {
  if (to === '@all') return ['@all'];
  return [
    ...(to.users ?? []).map((id) => id.toLowerCase()),
    ...(to.parties ?? []).map((id) => `party:${id}`),
    ...(to.tags ?? []).map((id) => `tag:${id}`),
  ];
}

/** The lists of ids in an answer, joined with `|`. */
export interface AnsweredLists {
  readonly invaliduser: string;
  readonly unlicenseduser: string;
  readonly invalidparty: string;
  readonly invalidtag: string;
}

/** Whom the message did not reach; nothing when it reached everybody. */
export function unreachedOf(to: Recipients, lists: AnsweredLists): Unreached | undefined {
  const asked = to === '@all' ? {} : to;
  const unreached = {
    invalidUsers: asGiven(lists.invaliduser, asked.users),
    unlicensedUsers: asGiven(lists.unlicenseduser, asked.users),
    invalidParties: asGiven(lists.invalidparty, asked.parties),
    invalidTags: asGiven(lists.invalidtag, asked.tags),
  };
  return Object.values(unreached).some((ids) => ids.length > 0) ? unreached : undefined;
}

/** Ids as they were given: the answer's are in lower case. */
function asGiven(answered: string, given: readonly string[] = []): readonly string[] {
  return answered
    .split('|')
    .filter((id) => id !== '')
    .map((id) => given.find((each) => sameUser(each, id)) ?? id);
}

/** True when none of the members named was reached, and nobody else was named. */
export function isNobodyReached(to: Recipients, unreached: Unreached): boolean {
  if (to === '@all') return false;
  const { users = [], parties = [], tags = [] } = to;
  const { invalidUsers, unlicensedUsers, invalidParties, invalidTags } = unreached;
  const missing = [...invalidUsers, ...unlicensedUsers];
  return (
    users.every((user) => missing.some((id) => sameUser(id, user))) &&
    parties.every((party) => invalidParties.includes(party)) &&
    tags.every((tag) => invalidTags.includes(tag))
  );
}
