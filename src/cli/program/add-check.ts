import type { Command } from 'commander';
import { checkCommand } from '../check.js';
import type { Wiring } from './create-program.js';
import { withConfig } from './operate/common-options.js';
import { type ConfigOption, fileHelp, rulesFile } from './rules-file.js';

/** Adds `check`. */
export function addCheck(program: Command, wiring: Wiring): void {
  const { io, common, say, done } = wiring;
  const command = program
    .command('check')
    .summary(say({ en: 'say whether the rules can be used', zh: '检查规则是否可用' }))
    .description(
      say({
        en: 'Says whether the rules can be used: every error with its place, then warnings.\nThe examples of the rules are run too.',
        zh: '检查规则是否可用：列出全部错误及所在位置，然后列出警告。规则里的示例也会逐一运行。',
      }),
    )
    .usage(say({ en: '[options] [file]', zh: '[选项] [文件]' }))
    .argument(say({ en: '[file]', zh: '[文件]' }), say(fileHelp))
    .option('--strict', say({ en: 'fail on warnings too', zh: '有警告也算失败' }));
  withConfig(command, wiring).action(
    async (file: string | undefined, options: ConfigOption & { readonly strict?: boolean }) => {
      done(await checkCommand({ ...common, ...options, ...rulesFile(file, options) }, io));
    },
  );
}
