import type { Bilingual } from '../../../../core/language.js';

/** What the live page says. */
export const texts = {
  title: { en: 'Live', zh: '实时' },
  open: { en: 'following', zh: '实时更新中' },
  closed: { en: 'connecting …', zh: '连接中……' },
  paused: { en: 'paused', zh: '已暂停' },
  pause: { en: 'Pause', zh: '暂停' },
  follow: { en: 'Follow', zh: '继续' },
  fate: { en: 'What became of it', zh: '结果' },
  anyFate: { en: 'all', zh: '全部' },
  search: { en: 'Search messages', zh: '搜索消息' },
  searchHint: { en: 'Text, name or topic', zh: '文本、名称或群名' },
  feed: { en: 'Messages and what became of them', zh: '消息及其结果' },
  nothing: {
    en: 'Nothing has come in yet. Say something to the bot.',
    zh: '还没有消息。对机器人说点什么吧。',
  },
  noHistory: {
    en: 'Events are not remembered (console.history is off): only what comes in now is shown.',
    zh: '未保留事件记录（console.history 已关闭）：只显示此刻起的消息。',
  },
  fates: {
    matched: { en: 'matched', zh: '已触发' },
    unmatched: { en: 'no rule', zh: '无规则触发' },
    silenced: { en: 'silenced', zh: '被抑制' },
    'too-old': { en: 'too old', zh: '消息过旧' },
    echo: { en: 'the bot itself', zh: '机器人自己' },
    failed: { en: 'could not be read', zh: '读取失败' },
  },
  by: {
    cooldown: { en: 'cooldown', zh: '冷却' },
    limit: { en: 'limit', zh: '次数上限' },
    pause: { en: 'pause', zh: '暂停' },
    loop: { en: 'loopLimit (a loop of bots?)', zh: 'loopLimit（疑似机器人互相应答）' },
  },
  silenced: (rule: string, by: string): Bilingual => ({
    en: `${rule}: silenced by ${by}`,
    zh: `${rule}：因${by}未触发`,
  }),
  privately: { en: 'in private', zh: '私聊' },
  mention: { en: '@ the bot', zh: '@机器人' },
  why: { en: 'Why?', zh: '为什么？' },
  close: { en: 'Close', zh: '收起' },
  tryAgain: { en: 'Try this message', zh: '用这条消息试试' },
  unread: (what: readonly string[]): Bilingual => ({
    en: `Not read at that time, so this may differ: ${what.join(', ')}.`,
    zh: `当时未读取，结果可能有出入：${what.join('、')}。`,
  }),
  unreadNames: {
    tags: { en: 'tags', zh: '标签' },
    mention: { en: 'mentions', zh: '@提及' },
    roles: { en: 'roles', zh: '身份' },
    names: { en: 'names', zh: '名称' },
  },
  gone: {
    en: 'The text of this message is not kept, so rules cannot be asked about it. What no rule wants is kept with console.history.unmatched: true.',
    zh: '这条消息的文本未保留，无法再判定。未触发规则的消息文本仅在 console.history.unmatched: true 时保留。',
  },
  task: { en: 'task', zh: '任务' },
  attempt: (status: string, time: string): Bilingual => ({
    en: `last call: ${status}, ${time}`,
    zh: `最近一次调用：${status}，${time}`,
  }),
  said: (parts: number): Bilingual => ({
    en: parts === 1 ? 'said 1 message' : `said ${parts} messages`,
    zh: `已说 ${parts} 条`,
  }),
  more: { en: 'Show older', zh: '显示更早的' },
} as const;
