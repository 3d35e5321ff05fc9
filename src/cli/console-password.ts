import { dirname } from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { loadJournal } from '../config/load-journal.js';
import { generatePassword, minPasswordLength } from '../console/access/password.js';
import { passwordFile, writePassword } from '../console/access/password-file.js';
import { ExitCode } from './exit-code.js';
import type { CliIo, CommonOptions } from './io.js';
import { reportingFailure } from './report/failure.js';
import { type JsonReport, jsonText } from './report/json.js';
import { UsageError } from './report/usage-error.js';

/** What `console-password` is asked for. */
export interface ConsolePasswordOptions extends CommonOptions {
  /** The configuration. Default: it is searched from the working directory upwards. */
  readonly config?: string;
  /** Read the password from the standard input. Default: one is made and shown. */
  readonly stdin?: boolean;
}

/** The `--json` output of `console-password`. Stable: keys may be added, never renamed. */
interface ConsolePasswordJson extends JsonReport {
  readonly command: 'console-password';
  /** Where it is kept, hashed; absolute. */
  readonly file: string;
  /** The one that was made; absent when it was given. */
  readonly password?: string;
}

/**
 * Sets another password for the console of a configuration; a running program notices, and ends all
 * sessions. Never rejects.
 *
 * @param input where a given password is read from
 */
export async function consolePasswordCommand(
  options: ConsolePasswordOptions,
  io: CliIo,
  input: NodeJS.ReadableStream = process.stdin,
): Promise<ExitCode> {
  return await reportingFailure('console-password', options, io, async () => {
    const { file: rules } = await loadJournal(options.config, io);
    const given = options.stdin ? await readPassword(input) : undefined;
    const password = given ?? generatePassword();
    const file = passwordFile(dirname(rules));
    await writePassword(file, password);
    const made = given === undefined ? { password } : {};
    const report: ConsolePasswordJson = {
      command: 'console-password',
      exitCode: ExitCode.Ok,
      errors: [],
      file,
      ...made,
    };
    io.stdout(options.json ? jsonText(report) : said(made.password, file, io));
    return ExitCode.Ok;
  });
}

async function readPassword(input: NodeJS.ReadableStream): Promise<string> {
  const password = (await readAll(input as never)).replace(/\r?\n$/u, '');
  if (password.length >= minPasswordLength && !/[\r\n]/u.test(password)) return password;
  throw new UsageError({
    en: `The password on the standard input must be one line of at least ${minPasswordLength} characters.`,
    zh: `标准输入中的密码须为一行，至少 ${minPasswordLength} 个字符。`,
  });
}

function said(password: string | undefined, file: string, { language }: CliIo): string {
  const zh = language === 'zh';
  const kept = zh ? `已保存（仅哈希）：${file}` : `Kept, hashed, in ${file}`;
  const ended = zh ? '所有已登录的会话将失效。' : 'Everybody who is logged in has to log in anew.';
  const shown =
    password === undefined
      ? []
      : [zh ? '新密码（仅显示一次）：' : 'The new password, shown this once:', `  ${password}`];
  return `${[...shown, kept, ended].join('\n')}\n`;
}
