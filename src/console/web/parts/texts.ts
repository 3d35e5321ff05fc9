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
  selectAll: { en: 'Select all shown', zh: '全选本页' },
} as const;
