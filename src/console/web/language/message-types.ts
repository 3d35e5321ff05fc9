import type { Bilingual } from '../../../core/language.js';

/** The kinds of messages, for people. */
export const messageTypes: Readonly<Record<string, Bilingual>> = {
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
