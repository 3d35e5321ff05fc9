import type { Bilingual } from '../../../core/language.js';

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
