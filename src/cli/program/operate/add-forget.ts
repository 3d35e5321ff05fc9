import type { Command } from 'commander';
import { type ForgetOptions, forgetCommand } from '../../operate/forget.js';
import type { Wiring } from '../create-program.js';
import { withConfig } from './common-options.js';

/** Adds `forget`. */
export function addForget(program: Command, wiring: Wiring): void {
  const { io, common, say, done } = wiring;
  const command = program
    .command('forget')
    .summary(say({ en: 'delete everything of one person', zh: '删除某个用户的全部数据' }))
    .description(
      say({
        en: 'Deletes every task of one person from the journal for good, waiting ones included.\nCopies made by `backup`, logs and your receiver are not touched.',
        zh: '从任务日志中永久删除某个用户的全部任务，包括等待中的任务。\n不涉及 `backup` 备份、日志和接收端。',
      }),
    )
    .usage(say({ en: '[options] <user>', zh: '[选项] <用户>' }))
    .argument(
      say({ en: '<user>', zh: '<用户>' }),
      say({ en: 'id of the person, as in `userId`', zh: '用户 ID，即任务中的 `userId`' }),
    )
    .option('--yes', say({ en: 'really delete', zh: '确认删除' }));
  withConfig(command, wiring).action(
    async (userId: string, options: Omit<ForgetOptions, 'userId'>) => {
      done(await forgetCommand({ ...common, ...options, userId }, io));
    },
  );
}
