import type { Bilingual } from '../../../../core/language.js';
import type { Resolution } from '../../../api/contract.js';

/** What the three ways out of `unknown` are called, and what they do. */
export const texts: Readonly<
  Record<Resolution, { readonly name: Bilingual; readonly help: Bilingual }>
> = {
  again: {
    name: { en: 'Say again', zh: '重新发送' },
    help: {
      en: 'The part that may have been said is said again, then the rest. Look into the chat first.',
      zh: '重新发送可能已发送的部分，再发送其余部分。请先查看会话。',
    },
  },
  behind: {
    name: { en: 'Go on behind it', zh: '继续发送其余部分' },
    help: {
      en: 'The part stands in the chat: only the rest is said.',
      zh: '会话中已有该部分：只发送其余部分。',
    },
  },
  done: {
    name: { en: 'Done', zh: '完成' },
    help: {
      en: 'Nothing more is said, and the task counts as answered.',
      zh: '不再发送任何内容，任务视为已答复。',
    },
  },
};
