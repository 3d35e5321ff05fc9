import type { Command } from 'commander';
import { backupCommand } from '../../operate/backup.js';
import type { OperateOptions } from '../../operate/with-operations.js';
import type { Wiring } from '../create-program.js';
import { withConfig } from './common-options.js';

/** Adds `backup`. */
export function addBackup(program: Command, wiring: Wiring): void {
  const { io, common, say, done } = wiring;
  const command = program
    .command('backup')
    .summary(say({ en: 'copy the journal of tasks', zh: '备份任务日志' }))
    .description(
      say({
        en: 'Writes a consistent copy of the journal; the bot goes on meanwhile.',
        zh: '为任务日志写出一份一致的副本；期间机器人照常运行。',
      }),
    )
    .usage(say({ en: '[options] <file>', zh: '[选项] <文件>' }))
    .argument(
      say({ en: '<file>', zh: '<文件>' }),
      say({ en: 'file to write', zh: '要写入的文件' }),
    );
  withConfig(command, wiring).action(async (file: string, options: OperateOptions) => {
    done(await backupCommand({ ...common, ...options, file }, io));
  });
}
