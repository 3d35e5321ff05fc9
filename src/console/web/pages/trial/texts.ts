import type { Bilingual } from '../../../../core/language.js';

/** What the trial page says. */
export const texts = {
  title: { en: 'Try it', zh: '试一试' },
  message: { en: 'A message as it would come', zh: '模拟一条消息' },
  text: { en: 'Text', zh: '文本' },
  quote: { en: 'What it quotes', zh: '引用的内容' },
  quoteHelp: {
    en: 'Text of the quoted message. Empty: what the text itself quotes, if anything.',
    zh: '所引用消息的文本。留空：以文本中的引用为准。',
  },
  user: { en: 'Who says it', zh: '谁说的' },
  userHelp: {
    en: 'Name, alias or id. Empty: somebody whom no rule knows.',
    zh: '名称、备注或 ID。留空：任何规则都不认识的人。',
  },
  room: { en: 'Room', zh: '群' },
  roomHelp: { en: 'Topic or id. Empty: a private chat.', zh: '群名或 ID。留空：私聊。' },
  mention: { en: 'The bot is @-mentioned', zh: '@了机器人' },
  fromSelf: { en: 'The bot itself says it', zh: '机器人自己发出' },
  type: { en: 'Message type', zh: '消息类型' },
  more: { en: 'More', zh: '更多' },
  event: { en: 'Event', zh: '事件' },
  roles: { en: 'Roles of the person', zh: '此人的身份' },
  tags: { en: 'Tags of the person', zh: '此人的标签' },
  tagsHint: { en: 'Type, then press Enter', zh: '输入后按回车' },
  at: { en: 'Time', zh: '时间' },
  atHelp: { en: 'Empty: now.', zh: '留空：现在。' },
  run: { en: 'Try', zh: '试用' },
  verdicts: { en: 'What the rules say', zh: '各规则的判定' },
  notYet: {
    en: 'Enter a message and press Try: every rule says whether it would answer, and if not, why.',
    zh: '输入消息后点击“试用”：每条规则都会说明是否触发；不触发则说明原因。',
  },
  summary: (matched: number, total: number): Bilingual => ({
    en: matched === 1 ? `1 of ${total} rules matches.` : `${matched} of ${total} rules match.`,
    zh: `${total} 条规则中有 ${matched} 条触发。`,
  }),
  untold: (what: readonly string[]): Bilingual => ({
    en: `Some rules look at what was not told: ${what.join(', ')}.`,
    zh: `有规则要看未提供的信息：${what.join('、')}。`,
  }),
  unsaid: {
    tags: { en: 'tags', zh: '标签' },
    mention: { en: 'mentions', zh: '@提及' },
    roles: { en: 'roles', zh: '身份' },
  },
  untested: {
    cooldown: { en: 'cooldown not tested', zh: '未检查冷却' },
    limit: { en: 'limit not tested', zh: '未检查次数上限' },
  },
  matches: { en: 'matches', zh: '触发' },
  fails: { en: 'does not match', zh: '不触发' },
  question: { en: 'Question', zh: '问题' },
  groups: { en: 'Captured', zh: '捕获' },
  probability: (share: number): Bilingual => ({
    en: `only ${Number((share * 100).toPrecision(3))}% of such messages go through`,
    zh: `此类消息只有 ${Number((share * 100).toPrecision(3))}% 会触发`,
  }),
  call: (rule: string): Bilingual => ({
    en: `Call the receiver of ${rule}`,
    zh: `调用接收端：${rule}`,
  }),
  callIt: { en: 'Call the receiver', zh: '调用接收端' },
  callHelp: {
    en: 'This really calls it. Nothing is said in any chat.',
    zh: '会真实调用接收端，但不会在任何会话中说话。',
  },
  outcome: {
    answered: { en: 'answered', zh: '已答复' },
    refused: { en: 'refused', zh: '被拒绝' },
    retry: { en: 'would be tried again', zh: '会重试' },
    dead: { en: 'failed', zh: '失败' },
  },
  took: (time: string): Bilingual => ({ en: `took ${time}`, zh: `耗时 ${time}` }),
  wouldSay: { en: 'The bot would say', zh: '机器人会说' },
  saysNothing: { en: 'The bot would say nothing.', zh: '机器人不会说话。' },
  notText: (type: string): Bilingual => ({ en: `[${type}]`, zh: `[${type}]` }),
  showAll: (count: number): Bilingual => ({
    en: `Show ${count} more that do not match`,
    zh: `再显示 ${count} 条不触发的规则`,
  }),
  chat: { en: 'Chat with the bot', zh: '与机器人聊天' },
  chatAs: { en: 'Speak as', zh: '以谁的身份' },
  chatWhere: { en: 'Where', zh: '场合' },
  privately: { en: 'private chat', zh: '私聊' },
  chatMention: { en: '@ the bot', zh: '@机器人' },
  say: { en: 'Message', zh: '消息' },
  send: { en: 'Send', zh: '发送' },
  chatEmpty: {
    en: 'Say something: rules and receivers are real.',
    zh: '说点什么：规则与接收端都是真实的。',
  },
  lines: { en: 'What was said', zh: '聊天内容' },
  /** Who speaks, and in which room, or to whom. */
  saidBy: {
    bot: (person: string, room?: string): Bilingual =>
      room === undefined
        ? { en: `bot to ${person}`, zh: `机器人对 ${person} 说` }
        : { en: `bot in ${room}`, zh: `机器人在群“${room}”中说` },
    person: (person: string, room?: string): Bilingual =>
      room === undefined
        ? { en: `${person} to the bot`, zh: `${person} 对机器人说` }
        : { en: `${person} in ${room}`, zh: `${person} 在群“${room}”中说` },
  },
} as const;
