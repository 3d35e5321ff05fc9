import type { Command } from 'commander';
import { statsCommand } from '../../operate/stats.js';
import type { OperateOptions } from '../../operate/with-operations.js';
import type { Wiring } from '../create-program.js';
import { withConfig } from './common-options.js';

/** Adds `stats`. */
export function addStats(program: Command, wiring: Wiring): void {
  const { io, common, say, done } = wiring;
  const command = program
    .command('stats')
    .summary(say({ en: 'count the tasks by state', zh: '按状态统计任务' }))
    .description(
      say({ en: 'Says how many tasks are in which state.', zh: '显示各状态的任务数量。' }),
    )
    .usage(say({ en: '[options]', zh: '[选项]' }));
  withConfig(command, wiring).action(async (options: OperateOptions) => {
    done(await statsCommand({ ...common, ...options }, io));
  });
}
