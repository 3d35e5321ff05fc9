import type { Bilingual } from '../../core/language.js';
import { ownCommand } from '../../core/own-command.js';

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
  0  done; check: the rules can be used; explain: a rule matches;
     doctor: the receiver passes
  1  the rules, the file, the receiver or a task cannot be used
  2  the command line is not understood
  3  explain: no rule matches
  4  a fault of this program
  5  no bot is running that could be asked

Begin here:
  ${ownCommand} init
  ${ownCommand} check
  ${ownCommand} explain --text "subscribe weekly"`,
  zh: `
退出码：
  0  完成；check：规则可以使用；explain：有规则匹配；doctor：接收端合格
  1  规则、文件、接收端或任务无法使用
  2  命令行有误
  3  explain：没有规则匹配
  4  程序自身的故障
  5  没有可连接的运行中的机器人

从这里开始：
  ${ownCommand} init
  ${ownCommand} check
  ${ownCommand} explain --text "订阅 周报"`,
};
