import type { Bilingual } from './language.js';

type Names = Readonly<Record<string, Bilingual>>;

/** The events of a bot, for people; adapters have more of their own. */
export const eventNames: Names = {
  message: { en: 'message', zh: '消息' },
  'room-join': { en: 'somebody joins a room', zh: '有人入群' },
  'room-leave': { en: 'somebody leaves a room', zh: '有人退群' },
  'room-topic': { en: 'a room is renamed', zh: '群改名' },
  'room-invite': { en: 'the bot is invited to a room', zh: '收到入群邀请' },
  friendship: { en: 'friend request', zh: '好友请求' },
  login: { en: 'the bot logs in', zh: '机器人登录' },
  logout: { en: 'the bot logs out', zh: '机器人登出' },
  error: { en: 'the bot reports an error', zh: '机器人报错' },
};

/** What somebody is to the bot, for people. */
export const roleNames: Names = {
  friend: { en: 'friend', zh: '好友' },
  stranger: { en: 'stranger', zh: '陌生人' },
  owner: { en: 'room owner', zh: '群主' },
  admin: { en: 'room admin', zh: '群管理员' },
  member: { en: 'room member', zh: '群成员' },
  official: { en: 'official account', zh: '公众号' },
  system: { en: 'system account', zh: '系统账号' },
};

/** The kinds of messages by their names in `MessageType`, for people. */
export const messageTypes: Names = {
  Unknown: { en: 'unknown', zh: '未知' },
  Attachment: { en: 'file', zh: '文件' },
  Audio: { en: 'voice', zh: '语音' },
  Contact: { en: 'contact card', zh: '名片' },
  ChatHistory: { en: 'chat history', zh: '聊天记录' },
  Emoticon: { en: 'sticker', zh: '表情' },
  Image: { en: 'image', zh: '图片' },
  Text: { en: 'text', zh: '文本' },
  Location: { en: 'location', zh: '位置' },
  MiniProgram: { en: 'mini program', zh: '小程序' },
  GroupNote: { en: 'group note', zh: '群公告' },
  Transfer: { en: 'transfer', zh: '转账' },
  RedEnvelope: { en: 'red envelope', zh: '红包' },
  Recalled: { en: 'recalled message', zh: '撤回消息' },
  Url: { en: 'link', zh: '链接' },
  Video: { en: 'video', zh: '视频' },
  Post: { en: 'post', zh: '动态' },
  System: { en: 'system message', zh: '系统消息' },
  any: { en: 'any', zh: '任何类型' },
};

/** Where something is said, for people. */
export const placeNames: Names = {
  private: { en: 'private chats', zh: '私聊' },
  room: { en: 'rooms', zh: '群聊' },
};

/** Who says something, for people. */
export const sayerNames: Names = {
  others: { en: 'others', zh: '他人' },
  self: { en: 'the bot itself', zh: '机器人自己' },
  any: { en: 'anybody', zh: '任何人' },
};
