import type { CallbackKind } from '../../../src/adapters/wildfire/schema/callback-kinds.js';
import { type JavaValue, toGson } from './gson.js';

/** An id that no double holds. */
export const messageUid = 430_843_814_853_214_338n;
/** When the message with that id was sent, in ms since 1970. */
export const sentAt = Number((messageUid >> 21n) + 1_514_736_000_000n);

/** All thirteen fields of a text, as the server prints them. */
export function textPayload(
  text: string,
  more: Readonly<Record<string, JavaValue>> = {},
): JavaValue {
  return {
    type: 1,
    searchableContent: text,
    pushContent: '',
    pushData: '',
    content: '',
    mediaType: 0,
    remoteMediaUrl: '',
    persistFlag: 3,
    expireDuration: 0,
    mentionedType: 0,
    mentionedTarget: [],
    extra: '',
    ...more,
  };
}

type Fields = Readonly<Record<string, JavaValue>>;

/** A message as the server prints it. */
export function messageBody(more: Fields = {}): Fields {
  return {
    messageId: messageUid,
    sender: 'alice',
    conv: { type: 1, target: 'g1', line: 0 },
    payload: textPayload('你好'),
    toUsers: [],
    timestamp: sentAt,
    ...more,
  };
}

/** The same as the old page prints it: another name for the id, and only what it calls required. */
export const documentedMessage: Fields = {
  sender: 'alice',
  conv: { type: 1, target: 'g1' },
  payload: { type: 1, searchableContent: '你好' },
  messageUid,
  timestamp: sentAt,
};

const user: Fields = {
  userId: 'alice',
  name: 'alice_account',
  displayName: 'Alice',
  portrait: 'http://files.example/a.png',
  mobile: '13800000000',
  email: 'alice@example.com',
  address: 'Guangzhou',
  company: 'Example',
  extra: '',
};

const group: Fields = {
  target_id: 'g1',
  name: '产品群',
  portrait: '',
  owner: 'alice',
  type: 2,
  member_count: 0,
  extra: '',
  mute: 0,
  join_type: 0,
  private_chat: 0,
  searchable: 0,
  max_member_count: 3,
  history_message: 0,
  super_group: false,
  deleted: false,
  update_dt: 0,
  member_update_dt: 0,
};

const conference: Fields = { userId: 'alice', roomId: 'r1', timestamp: sentAt };

/** One body of every kind, as the server prints it. */
export const serverBodies: Readonly<Record<CallbackKind, Fields>> = {
  message: messageBody(),
  mention: messageBody({ payload: textPayload('@Robot hi', mentioning('robot')) }),
  sensitive: messageBody(),
  recall: { message: messageBody(), userId: 'alice', timestamp: sentAt + 5000, isAdmin: false },
  censor: messageBody(),
  'user.online': {
    userId: 'alice',
    clientId: 'phone',
    platform: 2,
    status: 0,
    timestamp: sentAt,
    packageName: 'cn.example.chat',
    customState: 0,
    sessions: [
      // The server swaps the two ids here.
      { clientId: 'alice', userId: 'phone', platform: 2, status: 0, lastSeen: sentAt },
    ],
  },
  'user.info': { ...user, gender: 2, social: '', type: 0, deleted: 0, updateDt: sentAt },
  'user.relation': { userId: 'alice', targetId: 'bob', type: 1, value: '小波' },
  'group.info': { operatorId: 'alice', groupId: 'g1', type: 1, groupInfo: group },
  'group.member': { operatorId: 'alice', groupId: 'g1', memberIds: ['bob', 'carol'], type: 0 },
  'channel.info': { operatorId: 'alice', channelId: 'channel', type: 1 },
  'chatroom.info': { chatroomId: 'c1', type: 0 },
  'chatroom.member': { operatorId: 'alice', chatroomId: 'c1', memberIds: ['alice'], type: 1 },
  exception: { event_type: 5, msg: 'broken', call_stack: 'at x', count: 2, node_id: 1 },
  robot: messageBody({ toRobotId: 'robot' }),
  'robot.conference': {
    session_id: messageUid,
    handle_id: messageUid + 1n,
    data: { videoroom: 'x' },
  },
  'channel.message': messageBody({ conv: { type: 3, target: 'channel', line: 0 } }),
  'channel.subscribe': { userId: 'alice', channelId: 'channel', status: 1 },
  device: { deviceId: 'd1', type: 1, data: [-1, 0, 127] },
  read: { user: 'alice', conversation: { type: 1, target: 'g1', line: 0 }, readTime: sentAt },
  'conference.create': { ...conference, description: 'talk', pin: '4321', max_publishers: 9 },
  'conference.destroy': conference,
  'conference.member_join': { ...conference, screenSharing: false },
  'conference.member_leave': { ...conference, rejoin: false, kicked: true, screenSharing: false },
  'conference.member_publish': { ...conference, video: true, screenSharing: false },
  'conference.member_unpublish': { ...conference, screenSharing: false },
  'moments.feed': { feedId: messageUid, sender: 'alice', timestamp: sentAt, type: 0, text: 'hi' },
  'moments.feed_recall': { id: messageUid, id2: 0 },
  'moments.comment': {
    commentId: messageUid,
    replyId: 0,
    sender: 'alice',
    timestamp: sentAt,
    feedId: messageUid + 1n,
    type: 1,
    text: '',
    replyTo: '',
    extra: '',
  },
  'moments.comment_recall': { id: messageUid, id2: messageUid + 1n },
};

/** The bodies of the old page, table by table. */
export const documentedBodies = {
  message: documentedMessage,
  'user.online': {
    userId: 'alice',
    clientId: 'phone',
    platform: 2,
    status: 1,
    packageName: 'cn.example.chat',
    timestamp: sentAt,
  },
  'group.info': { userId: 'alice', type: 1, groupId: 'g1' },
  'group.member': { operatorId: 'alice', groupId: 'g1', memberId: 'bob', type: 0 },
  'user.relation': { userId: 'alice', targetId: 'bob', type: 1, value: '小波' },
  'user.info': user,
} satisfies Partial<Record<CallbackKind, Fields>>;

/** The fields that mention somebody. */
export function mentioning(...userIds: readonly string[]): Fields {
  return { mentionedType: 1, mentionedTarget: userIds };
}

/** Binary JSON as clients attach it. */
export function base64Json(json: string): string {
  return Buffer.from(json, 'utf8').toString('base64');
}

/** A body as bytes on the wire. */
export function bodyText(body: Fields): string {
  return toGson(body);
}
