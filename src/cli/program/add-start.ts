import type { Command } from 'commander';
import type { StartOptions } from '../run/start.js';
import type { Wiring } from './create-program.js';
import { withConfig } from './operate/common-options.js';

/** Adds `start`. */
export function addStart(program: Command, wiring: Wiring): void {
  const { io, common, say, done } = wiring;
  const command = program
    .command('start')
    .summary(say({ en: 'run the adapters of the rules file', zh: '运行规则文件中的适配器' }))
    .description(
      say({
        en: 'Runs every adapter of the rules file as a bot, until Ctrl+C or SIGTERM.',
        zh: '把规则文件中的每个适配器作为机器人运行，直到 Ctrl+C 或 SIGTERM。',
      }),
    )
    .usage(say({ en: '[options]', zh: '[选项]' }))
    .option(
      '--wait',
      say({
        en: 'wait while another program has the journal',
        zh: '任务日志被其他程序占用时，等待其退出',
      }),
    );
  withConfig(command, wiring).action(async (options: StartOptions) => {
    // Wechaty takes its time to load, and no other command needs it.
    const { startCommand } = await import('../run/start.js');
    done(await startCommand({ ...common, ...options }, io));
  });
}
