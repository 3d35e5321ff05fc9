import type { CallbackKind } from './schema/callback-kinds.js';
import { isRecord } from './schema/fields.js';

type Fields = Readonly<Record<string, unknown>>;

/**
 * The fields that name what an event without an id is about, besides its kind. The values of one list
 * are several subjects.
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

/** Old names of fields. */
const oldNames: Readonly<Record<string, string>> = { memberIds: 'memberId' };

/**
 * What the body of a callback without an id is about: its subjects, see `Telling`. Old servers give
 * messages no id; of these it is who speaks where. Never throws.
 */
export function subjectsOf(kind: CallbackKind, fields: Fields): readonly string[] {
  const names = namedBy[kind] ?? (isRecord(fields['conv']) ? ['sender', 'conv'] : []);
  if (names.length === 0) return [];
  const values = names.map((name) => valuesOf(fields[name] ?? fields[oldNames[name] ?? '']));
  const combined = values.reduce<readonly (readonly string[])[]>(
    (begun, next) => begun.flatMap((words) => next.map((word) => [...words, word])),
    [[families[kind] ?? kind]],
  );
  return combined.map((words) => JSON.stringify(words));
}

/** True when the body names itself: the message that it is, or is about, has an id. */
export function bringsId({ messageId, messageUid, message }: Fields): boolean {
  const about = isRecord(message) ? (message['messageId'] ?? message['messageUid']) : undefined;
  const id = messageId ?? messageUid ?? about;
  return id !== undefined && id !== null && !['', '0', 0].includes(id as string | number);
}

function valuesOf(value: unknown): readonly string[] {
  const values: readonly unknown[] = Array.isArray(value) && value.length > 0 ? value : [value];
  return values.map((one) => JSON.stringify(one) ?? '');
}
