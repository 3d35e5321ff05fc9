import type { Bilingual } from '../../../core/language.js';

/** What the plan of a change says. */
export const texts = {
  save: { en: 'Save', zh: '保存' },
  cancel: { en: 'Cancel', zh: '取消' },
  reading: { en: 'Working out what would change …', zh: '正在计算影响……' },
  problems: { en: 'This cannot be saved', zh: '无法保存' },
  warnings: { en: 'It can be saved, but look', zh: '可以保存，但请留意' },
  samples: { en: 'Messages that would be decided differently', zh: '判定会改变的消息' },
  none: { en: 'no rule', zh: '无规则' },
  before: { en: 'now', zh: '现在' },
  after: { en: 'then', zh: '之后' },
  uncertain: (count: number): Bilingual => ({
    en: `${count} more cannot be told: the changed rules look at something (tags, mentions) that was not read then.`,
    zh: `另有 ${count} 条无法判定：修改后的规则要看当时未读取的信息（标签、@）。`,
  }),
  /** Before the sentence that says what. */
  saved: { en: 'Saved. ', zh: '已保存。' },
  late: {
    en: 'Written, but not in force yet. The list shows when it is.',
    zh: '已写入，但尚未生效；生效后列表会更新。',
  },
} as const;
