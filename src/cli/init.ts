import { readFile, writeFile } from 'node:fs/promises';
import { dirname, extname, join, resolve } from 'node:path';
import { CallbackError } from '../core/errors.js';
import type { Bilingual } from '../core/language.js';
import { ownCommand } from '../core/own-command.js';
import { ownPackage } from '../core/own-package.js';
import { editorSchema } from './editor-schema.js';
import { ExitCode } from './exit-code.js';
import type { CliIo, CommonOptions } from './io.js';
import { reportingFailure } from './report/failure.js';
import { type JsonReport, jsonText } from './report/json.js';
import { painter } from './report/paint.js';
import { shownFile } from './report/problem-lines.js';
import { UsageError } from './report/usage-error.js';

/** What `init` is asked to do. */
export interface InitOptions extends CommonOptions {
  /** The file to write. Default: `.wechatyrc`. */
  readonly file?: string;
  /** Replace a file that exists. Default: false. */
  readonly force?: boolean;
}

/** The `--json` output of `init`. Stable: keys may be added, never renamed. */
interface InitJson extends JsonReport {
  readonly command: 'init';
  /** Absolute. */
  readonly file: string;
}

const defaultFile = '.wechatyrc';

/** Writes an annotated file of rules to begin with, and says what to do next. Never rejects. */
export async function initCommand(options: InitOptions, io: CliIo): Promise<ExitCode> {
  return await reportingFailure('init', options, io, async () => {
    const file = resolve(io.cwd, options.file ?? defaultFile);
    refuseOtherFormats(file);
    await write(file, await readStarter(dirname(file)), options.force ?? false);
    if (options.json) {
      const report: InitJson = { command: 'init', exitCode: ExitCode.Ok, file, errors: [] };
      io.stdout(jsonText(report));
    } else {
      io.stdout(`${nextSteps(options, shownFile(file, io.cwd), io).join('\n')}\n`);
    }
    return ExitCode.Ok;
  });
}

const starter = join(ownPackage.root, '.wechatyrc.example');

/** The file to begin with, as it stands in this folder. */
async function readStarter(folder: string): Promise<string> {
  const text = await readFile(starter, 'utf8');
  return text.replace(
    /^(# yaml-language-server: \$schema=).*$/mu,
    (_line, key: string) => `${key}${editorSchema(folder)}`,
  );
}

function refuseOtherFormats(file: string): void {
  if (['', '.yaml', '.yml'].includes(extname(file))) return;
  throw new UsageError({
    en: `The rules are written in YAML, so "${file}" must end in .yaml or .yml (or be .wechatyrc).`,
    zh: `规则以 YAML 格式写入，"${file}" 须以 .yaml 或 .yml 结尾（或命名为 .wechatyrc）。`,
  });
}

async function write(file: string, text: string, force: boolean): Promise<void> {
  try {
    // `wx` refuses a file that exists in the same step, so nobody's work is lost to a race.
    await writeFile(file, text, { flag: force ? 'w' : 'wx' });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    throw new CallbackError(code === 'EEXIST' ? 'file-exists' : 'file-not-written', {
      text: refusals[code]?.(file) ?? unwritable(file, code),
      cause: error,
    });
  }
}

const refusals: Readonly<Record<string, (file: string) => Bilingual>> = {
  EEXIST: (file) => ({
    en: `${file} exists already and was left as it is. Use --force to replace it.`,
    zh: `${file} 已存在，未作改动。如需覆盖，请加 --force。`,
  }),
  ENOENT: (file) => ({
    en: `${file} cannot be written: its folder does not exist.`,
    zh: `无法写入 ${file}：所在的文件夹不存在。`,
  }),
  EISDIR: (file) => ({
    en: `${file} is a folder; name a file.`,
    zh: `${file} 是文件夹，请给出文件名。`,
  }),
};

function unwritable(file: string, code: string): Bilingual {
  return { en: `${file} cannot be written (${code}).`, zh: `无法写入 ${file}（${code}）。` };
}

function nextSteps(options: InitOptions, shown: string, io: CliIo): readonly string[] {
  const argument = options.file === undefined ? '' : ` ${quoted(shown)}`;
  const check = `${ownCommand} check${argument}`;
  const strong = (text: string) => painter(io.colors)('strong', text);
  if (io.language === 'zh') {
    return [
      painter(io.colors)('good', `已写入 ${shown}。`),
      '',
      '接下来：',
      '  1. 打开它，改成您的关键字和回调地址；',
      `  2. 检查是否有误：${strong(check)}`,
      `  3. 试一句话会触发哪些规则：${strong(`${ownCommand} explain --text "订阅"${argument}`)}`,
    ];
  }
  return [
    painter(io.colors)('good', `Wrote ${shown}.`),
    '',
    'Next:',
    '  1. Open it and put in your keywords and the address of your receiver.',
    `  2. See whether it is right: ${strong(check)}`,
    `  3. See what a message sets off: ${strong(`${ownCommand} explain --text "subscribe"${argument}`)}`,
  ];
}

/** A file as a shell takes it. */
function quoted(file: string): string {
  return /^[\w./\\:-]+$/u.test(file) ? file : JSON.stringify(file);
}
