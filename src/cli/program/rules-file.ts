import { UsageError } from '../report/usage-error.js';

/** What the argument of commands that read rules is. */
export const fileHelp = {
  en: 'file with the rules; default: searched from here upwards',
  zh: '规则文件；默认从当前目录向上查找',
};

/** The option that says the same as the argument, as for every other command. */
export interface ConfigOption {
  readonly config?: string;
}

/**
 * The file of the rules, named by an argument or by `--config`.
 *
 * @throws UsageError when both name one
 */
export function rulesFile(
  argument: string | undefined,
  { config }: ConfigOption,
): { readonly file?: string } {
  if (argument !== undefined && config !== undefined) throw new UsageError(twice);
  const file = argument ?? config;
  return file === undefined ? {} : { file };
}

const twice = {
  en: 'Name the file once: behind the command, or with --config.',
  zh: '规则文件只需给出一次：写在命令之后，或用 --config。',
};
