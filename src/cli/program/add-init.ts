import type { Command } from 'commander';
import { initCommand } from '../init.js';
import type { Wiring } from './create-program.js';

/** Adds `init`. */
export function addInit(program: Command, { io, common, say, done }: Wiring): void {
  program
    .command('init')
    .summary(say({ en: 'write a first file of rules', zh: '生成一份规则文件' }))
    .description(
      say({
        en: 'Writes a file of rules with comments to begin with.',
        zh: '生成一份带注释的规则文件，供修改使用。',
      }),
    )
    .usage(say({ en: '[options] [file]', zh: '[选项] [文件]' }))
    .argument(
      say({ en: '[file]', zh: '[文件]' }),
      say({ en: 'file to write; default: .wechatyrc', zh: '要写入的文件；默认 .wechatyrc' }),
    )
    .option('--force', say({ en: 'replace a file that exists', zh: '覆盖已有的文件' }))
    .action(async (file: string | undefined, options: { readonly force?: boolean }) => {
      done(await initCommand({ ...common, ...options, ...(file !== undefined && { file }) }, io));
    });
}
