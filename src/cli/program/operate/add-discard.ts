import type { Command } from 'commander';
import { type DiscardOptions, discardCommand } from '../../operate/discard.js';
import type { Wiring } from '../create-program.js';
import { withConfig } from './common-options.js';

/** Adds `discard`. */
export function addDiscard(program: Command, wiring: Wiring): void {
  const { io, common, say, done } = wiring;
  const command = program
    .command('discard')
    .summary(say({ en: 'discard waiting tasks', zh: '丢弃等待中的任务' }))
    .description(
      say({
        en: 'Discards waiting tasks: the receiver is not called and nothing is said.',
        zh: '丢弃等待中的任务：不再调用接收端，也不发送任何内容。',
      }),
    )
    .usage(say({ en: '[options] <id…>', zh: '[选项] <ID…>' }))
    .argument('<id...>', say({ en: 'ids of tasks', zh: '任务 ID' }));
  withConfig(command, wiring).action(
    async (ids: readonly string[], options: Omit<DiscardOptions, 'ids'>) => {
      done(await discardCommand({ ...common, ...options, ids }, io));
    },
  );
}
