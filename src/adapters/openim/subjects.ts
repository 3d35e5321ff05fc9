import type { JsonRecord, OpenIMDocument } from './schema/index.js';

/** Fields that end like ids of people, and name something else. */
const otherIds: ReadonlySet<string> = new Set([
  'groupID',
  'groupId',
  'conversationID',
  'conversationId',
  'operationID',
  'platformID',
  'senderPlatformID',
  'connID',
  'clientMsgID',
  'serverMsgID',
]);

/** Lists of records that name a user each. */
const userLists = ['memberList', 'initMemberList', 'users'] as const;

/**
 * What a document without an id of its own is about, see `Telling`: the people whom it names, in
 * their group if it names one; else the group or the conversation.
 */
export function subjectsOf({ raw }: OpenIMDocument): readonly string[] {
  const group = textIn(raw, 'groupID') || textIn(raw, 'groupId');
  const people = [...Object.entries(raw).flatMap(namedBy), ...userLists.flatMap(listedIn(raw))];
  if (people.length > 0) return people.map((id) => JSON.stringify([group, id]));
  const place = group || textIn(raw, 'conversationID') || textIn(raw, 'conversationId');
  return place === '' ? [] : [JSON.stringify([place])];
}

function namedBy([name, value]: readonly [string, unknown]): readonly string[] {
  if (!/I[Dd]s?$/u.test(name) || otherIds.has(name)) return [];
  const ids: readonly unknown[] = Array.isArray(value) ? value : [value];
  return ids.filter((id): id is string => typeof id === 'string' && id !== '');
}

const listedIn = (raw: JsonRecord) => (name: string) => {
  const list = raw[name];
  if (!Array.isArray(list)) return [];
  return list.map((one) => textIn(one as JsonRecord | null, 'userID')).filter((id) => id !== '');
};

function textIn(record: JsonRecord | null, name: string): string {
  const value = record?.[name];
  return typeof value === 'string' ? value : '';
}
