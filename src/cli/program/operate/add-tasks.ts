import type { Command } from 'commander';
import { type TasksOptions, tasksCommand } from '../../operate/tasks.js';
import type { Wiring } from '../create-program.js';
import { withChoice, withConfig } from './common-options.js';

/** Adds `tasks`. */
export function addTasks(program: Command, wiring: Wiring): void {
  const { io, common, say, done } = wiring;
  const command = program
    .command('tasks')
    .summary(say({ en: 'list the tasks of the running bot', zh: '列出运行中机器人的任务' }))
    .description(
      say({
        en: 'Lists tasks, the newest first, without what was said in them.',
        zh: '列出任务，最新的在前；不显示消息内容。',
      }),
    )
    .usage(say({ en: '[options]', zh: '[选项]' }));
  withConfig(withChoice(command, wiring), wiring)
    .option(
      say({ en: '--limit <number>', zh: '--limit <数量>' }),
      say({ en: 'at most so many; default: 20', zh: '最多条数；默认 20' }),
    )
    .action(async (options: TasksOptions) => {
      done(await tasksCommand({ ...common, ...options }, io));
    });
}
