import type { Command } from 'commander';
import type { Bilingual } from '../../core/language.js';
import type { EventOptions } from '../asked/asked-event.js';
import { explainCommand } from '../explain.js';
import type { Wiring } from './create-program.js';
import { withConfig } from './operate/common-options.js';
import { type ConfigOption, fileHelp, rulesFile } from './rules-file.js';

/** Adds `explain`. */
export function addExplain(program: Command, wiring: Wiring): void {
  const { io, common, say, done } = wiring;
  const command = program
    .command('explain')
    .summary(say(summary))
    .description(say(description))
    .usage(say({ en: '--text <text> [options] [file]', zh: '--text <文本> [选项] [文件]' }))
    .argument(say({ en: '[file]', zh: '[文件]' }), say(fileHelp));
  for (const { flags, help, repeatable } of eventOptions) {
    if (repeatable) command.option(say(flags), say(help), collect);
    else command.option(say(flags), say(help));
  }
  withConfig(command, wiring).action(
    async (file: string | undefined, options: ConfigOption & EventOptions) => {
      done(await explainCommand({ ...common, ...options, ...rulesFile(file, options) }, io));
    },
  );
}

const summary: Bilingual = {
  en: 'say which rules a message sets off, and why',
  zh: '说明一条消息会触发哪些规则及原因',
};

const description: Bilingual = {
  en: 'Says which rules a message or event sets off, with what the receiver would get,\nand why every other rule stays silent. Nothing is called and nothing is sent.',
  zh: '说明一条消息或事件会触发哪些规则、接收端会收到什么，以及其他规则为何没有触发。\n不会发起回调，也不会发送消息。',
};

interface EventOption {
  readonly flags: Bilingual;
  readonly help: Bilingual;
  readonly repeatable?: boolean;
}

const eventOptions: readonly EventOption[] = [
  {
    flags: { en: '--text <text>', zh: '--text <文本>' },
    help: { en: 'what the message says', zh: '消息内容' },
  },
  {
    flags: { en: '--quote <text>', zh: '--quote <文本>' },
    help: { en: 'text of the message it quotes', zh: '所引用消息的文本' },
  },
  {
    flags: named('--room'),
    help: { en: 'in this room (topic or id); else private', zh: '所在的群（群名或 ID）；默认私聊' },
  },
  {
    flags: named('--user'),
    help: { en: 'from this person (name, alias or id)', zh: '发送者（昵称、备注或 ID）' },
  },
  { flags: plain('--mention'), help: { en: 'the bot is @-mentioned', zh: '@ 了机器人' } },
  { flags: plain('--from-self'), help: { en: 'the bot itself speaks', zh: '由机器人自己发送' } },
  {
    flags: named('--type'),
    help: { en: 'kind of message; default: Text', zh: '消息类型；默认 Text' },
  },
  {
    flags: named('--event'),
    help: { en: 'event; default: message', zh: '事件名；默认 message' },
  },
  {
    flags: { en: '--at <time>', zh: '--at <时间>' },
    help: {
      en: 'when, e.g. 2026-11-20T09:30; default: now',
      zh: '时间，例如 2026-11-20T09:30；默认现在',
    },
  },
  {
    flags: named('--role'),
    help: {
      en: 'role of the person, repeatable; default: friend',
      zh: '发送者的身份，可重复；默认 friend',
    },
    repeatable: true,
  },
  {
    flags: named('--tag'),
    help: { en: 'tag of the person, repeatable', zh: '发送者的标签，可重复' },
    repeatable: true,
  },
];

function plain(flag: string): Bilingual {
  return { en: flag, zh: flag };
}

function named(flag: string): Bilingual {
  return { en: `${flag} <name>`, zh: `${flag} <名称>` };
}

function collect(value: string, before: string[] | undefined): string[] {
  return [...(before ?? []), value];
}
