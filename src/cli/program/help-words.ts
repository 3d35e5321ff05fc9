import type { Bilingual } from '../../core/language.js';

/** The headings of commander's help, as it asks for them. */
export const helpTitles: Readonly<Record<string, Bilingual>> = {
  'Usage:': { en: 'Usage:', zh: '用法：' },
  'Arguments:': { en: 'Arguments:', zh: '参数：' },
  'Options:': { en: 'Options:', zh: '选项：' },
  'Global Options:': { en: 'Options of every command:', zh: '通用选项：' },
  'Commands:': { en: 'Commands:', zh: '命令：' },
};

/** What stands below the help of the whole command. */
export const helpEpilog: Bilingual = {
  en: `
Exit codes:
  0  done; check: the rules can be used; explain: a rule matches
  1  the rules or the file cannot be used
  2  the command line is not understood
  3  explain: no rule matches
  4  a fault of this program

Begin here:
  wechaty-callback init
  wechaty-callback check
  wechaty-callback explain --text "subscribe weekly"`,
  zh: `
退出码：
  0  完成；check：规则可以使用；explain：有规则匹配
  1  规则或文件无法使用
  2  命令行有误
  3  explain：没有规则匹配
  4  程序自身的故障

从这里开始：
  wechaty-callback init
  wechaty-callback check
  wechaty-callback explain --text "订阅 周报"`,
};
