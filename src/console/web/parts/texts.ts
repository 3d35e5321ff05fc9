import type { Bilingual } from '../../../core/language.js';
import type { SeenMention } from '../../../core/seen.js';

/** What the parts of several pages say. */
export const texts = {
  again: { en: 'Try again', zh: '重试' },
  copy: { en: 'Copy', zh: '复制' },
  copied: { en: 'Copied', zh: '已复制' },
  more: { en: 'Show more', zh: '显示更多' },
  nothing: { en: 'Nothing here yet.', zh: '暂无内容。' },
  show: { en: 'Show text', zh: '显示文本' },
  hidden: { en: 'hidden', zh: '已隐藏' },
  gone: { en: 'the text is no longer kept', zh: '文本已过保留期' },
  select: (name: string) => ({ en: `Select ${name}`, zh: `选择 ${name}` }),
  request: { en: 'Request', zh: '请求' },
  response: { en: 'Response', zh: '响应' },
  headers: { en: 'Headers', zh: '请求头' },
  bodyHidden: { en: 'The body is hidden.', zh: '正文已隐藏。' },
  noResponse: { en: 'no response', zh: '无响应' },
  truncated: { en: 'Only the beginning is shown.', zh: '仅显示开头部分。' },
  selecting: { en: 'Selected', zh: '选择' },
  actions: { en: 'Actions', zh: '操作' },
  leaveTitle: { en: 'Leave without saving?', zh: '不保存就离开？' },
  leaveHelp: { en: 'What you changed here will be lost.', zh: '此处的改动将丢失。' },
  leave: { en: 'Leave', zh: '离开' },
  stay: { en: 'Stay', zh: '留下' },
  selectAll: { en: 'Select all shown', zh: '全选本页' },
  seen: {
    title: { en: 'What rules see', zh: '规则看到的内容' },
    words: { en: 'Words', zh: '正文' },
    quoted: { en: 'Quoted', zh: '引用' },
    by: (who: string): Bilingual => ({ en: `said by ${who}`, zh: `${who} 所说` }),
    mentions: { en: 'Mentions', zh: '提及' },
    none: { en: 'none', zh: '无' },
    mention: ({ who, name, id, foundBy }: SeenMention): Bilingual => {
      const person = name ?? id;
      const whom = mentioned[who] ?? (person === undefined ? somebody : same(person));
      if (foundBy === undefined) return whom;
      const way = ways[foundBy];
      return { en: `${whom.en} (${way.en})`, zh: `${whom.zh}（${way.zh}）` };
    },
    roles: { en: 'Roles', zh: '身份' },
  },
} as const;

const mentioned: Readonly<Partial<Record<SeenMention['who'], Bilingual>>> = {
  bot: { en: 'the bot', zh: '机器人' },
  all: { en: 'everybody', zh: '所有人' },
};
const somebody: Bilingual = { en: 'somebody', zh: '某人' };
const ways: Readonly<Record<'id' | 'name', Bilingual>> = {
  id: { en: 'by id', zh: '按 ID' },
  name: { en: 'by name', zh: '按名称' },
};

function same(text: string): Bilingual {
  return { en: text, zh: text };
}
