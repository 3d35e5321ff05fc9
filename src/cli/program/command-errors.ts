import type { CommanderError } from 'commander';
import type { Bilingual } from '../../core/language.js';
import { ownCommand } from '../../core/own-command.js';
import { UsageError } from '../report/usage-error.js';

/** What commander quotes in a message, and what it thinks was meant. */
interface Quoted {
  readonly value: string;
  /** ` Did you mean …?` in both languages, or nothing. */
  readonly near: Bilingual;
}

const wordings: Readonly<Record<string, (quoted: Quoted) => Bilingual>> = {
  'commander.unknownCommand': ({ value, near }) => ({
    en: `There is no command "${value}".${near.en}`,
    zh: `没有命令 "${value}"。${near.zh}`,
  }),
  'commander.unknownOption': ({ value, near }) => ({
    en: `There is no option ${value}.${near.en}`,
    zh: `没有选项 ${value}。${near.zh}`,
  }),
  'commander.optionMissingArgument': ({ value }) => ({
    en: `A value is missing after ${value}.`,
    zh: `${value} 后面缺少值。`,
  }),
  'commander.missingArgument': ({ value }) => ({
    en: `The argument "${value}" is missing.`,
    zh: `缺少参数 "${value}"。`,
  }),
  'commander.excessArguments': ({ value }) => ({
    en: `There are too many arguments for "${value}". Put texts with spaces in quotes.`,
    zh: `"${value}" 的参数太多。含空格的文本请加引号。`,
  }),
};

/**
 * Commander speaks English only; this says the same in both languages.
 *
 * @param command whose help is to be seen; without it, that of the whole
 */
export function usageErrorOf(error: CommanderError, command?: string): UsageError {
  const value = /'([^']*)'/u.exec(error.message)?.[1] ?? '';
  const said = error.message.replace(/^error: /u, '');
  const words = wordings[error.code]?.({ value, near: nearOf(said) }) ?? { en: said, zh: said };
  const help = [ownCommand, command, '--help'].filter(Boolean).join(' ');
  const text = { en: `${words.en} See: ${help}`, zh: `${words.zh}请参阅：${help}` };
  return new UsageError(text, { cause: error });
}

function nearOf(message: string): Bilingual {
  const near = /\(Did you mean (?:one of )?([^()]+)\?\)$/u.exec(message)?.[1];
  if (near === undefined) return { en: '', zh: '' };
  return { en: ` Did you mean ${near}?`, zh: `是否想写 ${near}？` };
}
