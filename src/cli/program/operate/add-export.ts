import type { Command } from 'commander';
import { type ExportOptions, exportCommand } from '../../operate/export.js';
import type { Wiring } from '../create-program.js';
import { withConfig } from './common-options.js';

/** Adds `export`. */
export function addExport(program: Command, wiring: Wiring): void {
  const { io, common, say, done } = wiring;
  const command = program
    .command('export')
    .summary(say({ en: 'print all that is kept of one person', zh: '导出某个用户的全部数据' }))
    .description(
      say({
        en: 'Prints as JSON all that is kept of one person: tasks with what was said, open answers and cards of bots, cooldowns and limits, what the console remembers.\nCopies made by `backup`, logs and your receiver are not looked at.',
        zh: '以 JSON 输出某个用户的全部数据：任务及其内容、机器人未完成的回答与卡片、冷却时间与次数限制、控制台的事件记录。\n不涉及 `backup` 备份、日志和接收端。',
      }),
    )
    .usage(say({ en: '[options] <user>', zh: '[选项] <用户>' }))
    .argument(
      say({ en: '<user>', zh: '<用户>' }),
      say({ en: 'id of the person, as in `userId`', zh: '用户 ID，即任务中的 `userId`' }),
    );
  withConfig(command, wiring).action(
    async (userId: string, options: Omit<ExportOptions, 'userId'>) => {
      done(await exportCommand({ ...common, ...options, userId }, io));
    },
  );
}
