import type { Command } from 'commander';
import { type ResolveOptions, resolveCommand } from '../../operate/resolve.js';
import type { Wiring } from '../create-program.js';
import { withConfig } from './common-options.js';

/** Adds `resolve`. */
export function addResolve(program: Command, wiring: Wiring): void {
  const { io, common, say, done } = wiring;
  const command = program
    .command('resolve')
    .summary(say({ en: 'go on with answers that may be said', zh: '处理可能已发送的回答' }))
    .description(
      say({
        en: 'Goes on with tasks that ended unknown: the platform did not tell whether it took a\npart of the answer. Look into the chat first. The receiver is not called again.',
        zh: '处理以 unknown 结束的任务：平台没有告知是否接受了回答的某一部分。请先查看会话。\n不会再次调用接收端。',
      }),
    )
    .usage(say({ en: '[options] <id…>', zh: '[选项] <ID…>' }))
    .argument('<id...>', say({ en: 'ids of tasks', zh: '任务 ID' }))
    .option(
      '--again',
      say({ en: 'say the part again, then the rest', zh: '重新发送该部分及其余部分' }),
    )
    .option(
      '--behind',
      say({ en: 'it stands in the chat: say the rest', zh: '会话中已有，发送其余部分' }),
    )
    .option('--done', say({ en: 'nothing more is to be said', zh: '无须再发送' }));
  withConfig(command, wiring).action(
    async (ids: readonly string[], options: Omit<ResolveOptions, 'ids'>) => {
      done(await resolveCommand({ ...common, ...options, ids }, io));
    },
  );
}
