import type { Command } from 'commander';
import type { Wiring } from '../create-program.js';

/** Adds `--config`, which every command on rules or tasks has. */
export function withConfig(command: Command, { say }: Pick<Wiring, 'say'>): Command {
  return command.option(
    say({ en: '--config <file>', zh: '--config <文件>' }),
    say({
      en: 'rules of the bot; default: searched from here upwards',
      zh: '机器人的规则文件；默认从当前目录向上查找',
    }),
  );
}

/** Adds the options that choose among tasks. */
export function withChoice(command: Command, { say }: Pick<Wiring, 'say'>): Command {
  return command
    .option(
      say({ en: '--state <name>', zh: '--state <名称>' }),
      say({
        en: 'waiting, running, answered, refused (by the receiver), dead (failed), dropped (discarded) or unknown (perhaps said); repeatable',
        zh: 'waiting、running、answered、refused（被接收端拒绝）、dead（失败）、\ndropped（已丢弃）或 unknown（可能已发送），可重复',
      }),
      collect,
    )
    .option(
      say({ en: '--rule <name>', zh: '--rule <名称>' }),
      say({ en: 'of this rule', zh: '属于此规则' }),
    )
    .option(
      say({ en: '--since <time>', zh: '--since <时间>' }),
      say({
        en: 'arrived since: 1h (ago) or 2026-11-20T09:30',
        zh: '此后到达：1h（前）或 2026-11-20T09:30',
      }),
    );
}

function collect(value: string, before: string[] | undefined): string[] {
  return [...(before ?? []), value];
}
