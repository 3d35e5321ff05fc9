import type { Command } from 'commander';
import type { ConsolePasswordOptions } from '../console-password.js';
import type { Wiring } from './create-program.js';
import { withConfig } from './operate/common-options.js';

/** Adds `console-password`. */
export function addConsolePassword(program: Command, wiring: Wiring): void {
  const { io, common, say, done } = wiring;
  const command = program
    .command('console-password')
    .summary(say({ en: 'set a new password for the console', zh: '重新设置控制台密码' }))
    .description(
      say({
        en: 'Makes a new password for the web console and shows it once; only a hash of it is kept.\nWorks while the bot runs: everybody who is logged in has to log in anew.',
        zh: '为网页控制台生成新密码并显示一次，只保存其哈希。\n机器人运行时也可使用：所有已登录的会话将失效。',
      }),
    )
    .usage(say({ en: '[options]', zh: '[选项]' }))
    .option(
      '--stdin',
      say({ en: 'read the password from the standard input', zh: '从标准输入读取密码' }),
    );
  withConfig(command, wiring).action(async (options: ConsolePasswordOptions) => {
    const { consolePasswordCommand } = await import('../console-password.js');
    done(await consolePasswordCommand({ ...common, ...options }, io));
  });
}
