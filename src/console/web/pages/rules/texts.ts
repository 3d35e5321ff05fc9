import type { Bilingual } from '../../../../core/language.js';

/** What the list of rules says. */
export const texts = {
  title: { en: 'Rules', zh: '规则' },
  add: { en: 'New rule', zh: '新建规则' },
  search: { en: 'Search rules', zh: '搜索规则' },
  searchHint: { en: 'Name, keyword, URL or trigger', zh: '名称、关键字、地址或触发条件' },
  order: { en: 'Order', zh: '顺序' },
  name: { en: 'Name', zh: '名称' },
  state: { en: 'State', zh: '状态' },
  trigger: { en: 'Trigger', zh: '触发条件' },
  url: { en: 'URL', zh: '回调地址' },
  hits: { en: 'Hits today', zh: '今日命中' },
  failure: { en: 'Last failure', zh: '最近失败' },
  resting: { en: 'resting', zh: '已暂停' },
  restingHelp: {
    en: 'Its receiver answered 410 (gone). It rests until the rules change.',
    zh: '接收端返回 410（已停用）；规则改动后恢复。',
  },
  broken: { en: 'not in force', zh: '未生效' },
  brokenHelp: {
    en: 'The file has it, but the file is wrong: see above.',
    zh: '文件中有此规则，但文件有误：见上方。',
  },
  none: { en: 'none', zh: '无' },
  toggle: (name: string): Bilingual => ({ en: `Enable ${name}`, zh: `启用 ${name}` }),
  edit: (name: string): Bilingual => ({ en: `Edit ${name}`, zh: `编辑 ${name}` }),
  copy: (name: string): Bilingual => ({ en: `Copy ${name}`, zh: `复制 ${name}` }),
  delete: (name: string): Bilingual => ({ en: `Delete ${name}`, zh: `删除 ${name}` }),
  up: (name: string): Bilingual => ({ en: `Move ${name} up`, zh: `上移 ${name}` }),
  down: (name: string): Bilingual => ({ en: `Move ${name} down`, zh: `下移 ${name}` }),
  drag: { en: 'Drag to reorder', zh: '拖动排序' },
  enableTitle: (name: string): Bilingual => ({
    en: `Enable rule “${name}”?`,
    zh: `启用规则“${name}”？`,
  }),
  disableTitle: (name: string): Bilingual => ({
    en: `Disable rule “${name}”?`,
    zh: `停用规则“${name}”？`,
  }),
  deleteTitle: (name: string): Bilingual => ({
    en: `Delete rule “${name}”?`,
    zh: `删除规则“${name}”？`,
  }),
  copyTitle: (name: string): Bilingual => ({
    en: `Copy rule “${name}”?`,
    zh: `复制规则“${name}”？`,
  }),
  orderTitle: { en: 'Save the new order?', zh: '保存新的顺序？' },
  enable: { en: 'Enable', zh: '启用' },
  disable: { en: 'Disable', zh: '停用' },
  deleteNow: { en: 'Delete', zh: '删除' },
  copyNow: { en: 'Copy', zh: '复制' },
  copyName: { en: 'Name of the copy', zh: '副本名称' },
  copyOff: {
    en: 'The copy comes right behind, switched off, with its secrets.',
    zh: '副本紧随其后，默认停用，密钥一并复制。',
  },
  next: { en: 'Next', zh: '下一步' },
  cancel: { en: 'Cancel', zh: '取消' },
  suffix: { en: ' copy', zh: ' 副本' },
  orderChanged: {
    en: 'The order was changed and is not saved.',
    zh: '顺序已改动，尚未保存。',
  },
  saveOrder: { en: 'Save order', zh: '保存顺序' },
  resetOrder: { en: 'Discard', zh: '放弃' },
  undo: { en: 'Undo last save', zh: '撤销上次保存' },
  undoTitle: { en: 'Undo the last save?', zh: '撤销上次保存？' },
  undoNow: { en: 'Undo', zh: '撤销' },
  fileWrong: {
    en: 'The file is wrong. The rules before its last change are in force.',
    zh: '文件有误，仍按上次正确的规则运行。',
  },
  readOnly: { en: 'Rules cannot be changed here', zh: '此处无法修改规则' },
  nothing: { en: 'There is no rule yet.', zh: '还没有规则。' },
  notFound: { en: 'No rule fits the search.', zh: '没有符合搜索的规则。' },
  count: (shown: number, total: number): Bilingual =>
    shown === total
      ? { en: `${total} rules`, zh: `共 ${total} 条` }
      : { en: `${shown} of ${total} rules`, zh: `${total} 条中的 ${shown} 条` },
} as const;
