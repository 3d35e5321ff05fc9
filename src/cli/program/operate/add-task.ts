import type { Command } from 'commander';
import { type TaskOptions, taskCommand } from '../../operate/task.js';
import type { Wiring } from '../create-program.js';
import { withConfig } from './common-options.js';

/** Adds `task`. */
export function addTask(program: Command, wiring: Wiring): void {
  const { io, common, say, done } = wiring;
  const command = program
    .command('task')
    .summary(say({ en: 'show one task with all its calls', zh: '显示一个任务及其全部调用' }))
    .description(
      say({
        en: 'Shows a task: every call, the response, why it ended.\nWhat was said is shown on a terminal only, or with --text.',
        zh: '显示一个任务：每次调用、响应、结束原因。\n消息内容只在终端上显示，或加 --text。',
      }),
    )
    .usage(say({ en: '[options] <id>', zh: '[选项] <ID>' }))
    .argument('<id>', say({ en: 'id of the task', zh: '任务 ID' }));
  withConfig(command, wiring)
    .option('--text', say({ en: 'show what was said', zh: '显示消息内容' }))
    .action(async (id: string, options: Omit<TaskOptions, 'id'>) => {
      done(await taskCommand({ ...common, ...options, id }, io));
    });
}
