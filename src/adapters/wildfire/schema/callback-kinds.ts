import type { Bilingual } from '../../../core/language.js';

/** One kind of callback: a body does not say what it is, so each kind has a URL of its own. */
export interface CallbackKindText extends Bilingual {
  /** Where the operator writes the URL: a key of `wildfirechat.conf`, or what has the URL. */
  readonly key: string;
}

const robotUrl = "the robot's callback / 机器人的 callback";
const channelUrl = "the channel's callback / 频道的 callback";
/** The keys of the professional edition that are not public. */
const professional = 'professional edition / 专业版';

/** Every kind of callback, what it tells, and where its URL is configured. */
export const callbackKinds = {
  message: { key: 'message.forward.url', en: 'Every message', zh: '消息转发' },
  mention: { key: 'message.mentionmsg.forward.url', en: 'Mentions', zh: '@ 消息' },
  sensitive: { key: 'message.sensitive.forward.url', en: 'Sensitive words', zh: '敏感词命中' },
  recall: { key: 'message.recallmsg.forward.url', en: 'Recalled messages', zh: '消息撤回' },
  censor: { key: 'sensitive.remote_server_url', en: 'Censor hook', zh: '外置审核' },
  'user.online': { key: 'user.online_status_callback', en: 'Online status', zh: '用户在线状态' },
  'user.info': { key: 'user.user_info_update_callback', en: 'User info', zh: '用户信息变更' },
  'user.relation': {
    key: 'relation.relation_update_callback',
    en: 'Relations of users',
    zh: '用户关系变动',
  },
  'group.info': { key: 'group.group_info_update_callback', en: 'Groups', zh: '群组信息变动' },
  'group.member': {
    key: 'group.group_member_update_callback',
    en: 'Members of groups',
    zh: '群组成员变动',
  },
  'channel.info': {
    key: 'channel.channel_info_update_callback',
    en: 'Channels',
    zh: '频道信息变动',
  },
  'chatroom.info': {
    key: 'chatroom.chatroom_info_update_callback',
    en: 'Chat rooms',
    zh: '聊天室信息变动',
  },
  'chatroom.member': {
    key: 'chatroom.chatroom_member_update_callback',
    en: 'Members of chat rooms',
    zh: '聊天室成员变动',
  },
  exception: { key: 'monitor.exception_event_address', en: 'Exceptions', zh: '服务异常' },
  robot: { key: robotUrl, en: 'Messages to the robot', zh: '发给机器人的消息' },
  'robot.conference': { key: robotUrl, en: "The robot's conferences", zh: '机器人会议事件' },
  'channel.message': { key: channelUrl, en: 'Messages to the channel', zh: '发给频道的消息' },
  'channel.subscribe': { key: channelUrl, en: 'Subscriptions', zh: '频道订阅变动' },
  device: { key: 'things_message.forward.url', en: 'Messages of devices', zh: '物联网消息' },
  read: { key: professional, en: 'Messages read', zh: '消息已读' },
  'conference.create': { key: professional, en: 'A conference began', zh: '会议创建' },
  'conference.destroy': { key: professional, en: 'A conference ended', zh: '会议销毁' },
  'conference.member_join': { key: professional, en: 'Somebody joined', zh: '加入会议' },
  'conference.member_leave': { key: professional, en: 'Somebody left', zh: '离开会议' },
  'conference.member_publish': { key: professional, en: 'Somebody publishes', zh: '开始发布' },
  'conference.member_unpublish': { key: professional, en: 'Somebody stopped', zh: '停止发布' },
  'moments.feed': { key: professional, en: 'A moment', zh: '朋友圈动态' },
  'moments.feed_recall': { key: professional, en: 'A moment was recalled', zh: '动态撤回' },
  'moments.comment': { key: professional, en: 'A comment', zh: '朋友圈评论' },
  'moments.comment_recall': { key: professional, en: 'A comment was recalled', zh: '评论撤回' },
} as const satisfies Readonly<Record<string, CallbackKindText>>;

/** The name of a kind of callback. */
export type CallbackKind = keyof typeof callbackKinds;

/** The end of a kind's path below the adapter's own: `group.member` is at `group/member`. */
export function pathOfKind(kind: CallbackKind): string {
  return kind.replaceAll('.', '/');
}

const byPath = new Map(
  Object.keys(callbackKinds).map((kind) => {
    const known = kind as CallbackKind;
    return [pathOfKind(known), known] as const;
  }),
);

/**
 * The kind that is told at a path.
 *
 * @param path below the adapter's own, without slashes around it
 */
export function kindAtPath(path: string): CallbackKind | undefined {
  return byPath.get(path);
}
