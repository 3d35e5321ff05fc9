import { createHash } from 'node:crypto';
import type { CallbackKind } from './schema/callback-kinds.js';
import { isRecord } from './schema/fields.js';

type Fields = Readonly<Record<string, unknown>>;

/**
 * The fields that name what an event without an id is about, besides its kind. The values of a list
 * in the last of them are several subjects.
 */
const namedBy: Partial<Readonly<Record<CallbackKind, readonly string[]>>> = {
  'user.online': ['userId', 'clientId'],
  'user.info': ['userId'],
  'user.relation': ['userId', 'targetId', 'type'],
  'group.info': ['groupId'],
  'group.member': ['groupId', 'memberIds'],
  'channel.info': ['channelId'],
  'channel.subscribe': ['channelId', 'userId'],
  'chatroom.info': ['chatroomId'],
  'chatroom.member': ['chatroomId', 'memberIds'],
  device: ['deviceId'],
  read: ['user', 'conversation'],
  'conference.create': ['roomId'],
  'conference.destroy': ['roomId'],
  'conference.member_join': ['roomId', 'userId'],
  'conference.member_leave': ['roomId', 'userId'],
  'conference.member_publish': ['roomId', 'userId'],
  'conference.member_unpublish': ['roomId', 'userId'],
};

/** Kinds whose events undo one another. */
const families: Partial<Readonly<Record<CallbackKind, string>>> = {
  'conference.create': 'conference',
  'conference.destroy': 'conference',
  'conference.member_join': 'conference.member',
  'conference.member_leave': 'conference.member',
  'conference.member_publish': 'conference.publisher',
  'conference.member_unpublish': 'conference.publisher',
};

/** In code units. An id is much shorter. */
const longestWord = 200;

/** Old names of fields. */
const oldNames: Readonly<Record<string, string>> = { memberIds: 'memberId' };

/**
 * What the body of a callback without an id is about: its subjects, see `Telling`. Old servers give
 * messages no id; of these it is who speaks where. Never throws.
 */
export function subjectsOf(kind: CallbackKind, fields: Fields): readonly string[] {
  const names = namedBy[kind] ?? (isRecord(fields['conv']) ? ['sender', 'conv'] : []);
  if (names.length === 0) return [];
  const values = names.map((name) => fields[name] ?? fields[oldNames[name] ?? '']);
  const before = [families[kind] ?? kind, ...values.slice(0, -1).map(wordOf)];
  return valuesOf(values.at(-1)).map((last) => JSON.stringify([...before, last]));
}

/** True when the body names itself: the message that it is, or is about, has an id. */
export function bringsId({ messageId, messageUid, message }: Fields): boolean {
  const about = isRecord(message) ? (message['messageId'] ?? message['messageUid']) : undefined;
  const id = messageId ?? messageUid ?? about;
  return id !== undefined && id !== null && !['', '0', 0].includes(id as string | number);
}

function valuesOf(value: unknown): readonly string[] {
  const values: readonly unknown[] = Array.isArray(value) && value.length > 0 ? value : [value];
  return values.map(wordOf);
}

/** Every subject repeats what stands before its last word, so a long value is named by its digest. */
function wordOf(value: unknown): string {
  const word = JSON.stringify(value) ?? '';
  if (word.length <= longestWord) return word;
  return createHash('sha256').update(word).digest('hex');
}
