import type { Bilingual } from '../../../../../core/language.js';
import {
  eventNames,
  messageTypes,
  placeNames,
  roleNames,
  sayerNames,
} from '../../../../../core/names.js';

/** The words that a key may have, for people; what is missing is shown as it is written. */
const words: Readonly<Record<string, Readonly<Record<string, Bilingual>>>> = {
  match: {
    contains: { en: 'contains', zh: '包含（模糊）' },
    equals: { en: 'is exactly', zh: '等于（精确）' },
    startsWith: { en: 'begins with', zh: '开头为' },
    endsWith: { en: 'ends with', zh: '结尾为' },
    regex: { en: 'regular expression', zh: '正则表达式' },
    glob: { en: 'wildcards * and ?', zh: '通配符 * 和 ?' },
  },
  keywordMode: {
    any: { en: 'any one suffices', zh: '任一即可' },
    all: { en: 'all must be there', zh: '必须全部命中' },
  },
  searchIn: {
    text: { en: 'what is said now', zh: '正文' },
    quote: { en: 'what it quotes', zh: '引用内容' },
  },
  strip: {
    mention: { en: 'the @mention', zh: '@提及' },
    keyword: { en: 'the keyword', zh: '关键字' },
  },
  fold: {
    case: { en: 'upper and lower case', zh: '大小写' },
    width: { en: 'full and half width', zh: '全角半角' },
    space: { en: 'spaces', zh: '空格' },
    script: { en: 'traditional and simplified', zh: '繁简' },
    punctuation: { en: 'punctuation', zh: '标点' },
  },
  'trigger.in': placeNames,
  'trigger.from': sayerNames,
  'trigger.on': eventNames,
  'trigger.types': messageTypes,
  per: {
    user: { en: 'person', zh: '每人' },
    conversation: { en: 'conversation', zh: '每个会话' },
    rule: { en: 'rule', zh: '整条规则' },
  },
  order: {
    receiver: { en: 'for each sender and receiver', zh: '同一发送者与接收端' },
    sender: { en: 'for each sender', zh: '同一发送者' },
    conversation: { en: 'for each conversation', zh: '同一会话' },
    none: { en: 'not in turn', zh: '不按序' },
  },
  roles: roleNames,
  'callback.context': {
    userName: { en: 'name of the person', zh: '用户名称' },
    userAlias: { en: 'alias of the person', zh: '用户备注' },
    roomTopic: { en: 'topic of the room', zh: '群名' },
    botId: { en: 'id of the bot', zh: '机器人 ID' },
    platform: { en: 'platform', zh: '平台' },
    rule: { en: 'name of the rule', zh: '规则名称' },
    role: { en: 'role', zh: '身份' },
    event: { en: 'event', zh: '事件' },
    personal: { en: 'personal fields of platform events', zh: '平台事件中的个人信息' },
  },
  'callback.include': {
    quoted: { en: 'the message it quotes', zh: '引用的消息' },
  },
  'reply.thinking': {
    show: { en: 'folded, where the platform can', zh: '折叠显示（平台支持时）' },
    hide: { en: 'never said', zh: '从不显示' },
  },
  'decide.onTimeout': {
    allow: { en: 'allow', zh: '允许' },
    refuse: { en: 'refuse', zh: '拒绝' },
  },
};

/** A word that a key may have, for people. */
export function choiceText(path: string, choice: string): Bilingual {
  const own = words[path] ?? words[path.slice(path.lastIndexOf('.') + 1)] ?? {};
  return own[choice] ?? { en: choice, zh: choice };
}
