import { dirname, isAbsolute, relative, resolve } from 'node:path';
import { CallbackError } from '../core/errors.js';
import { ownCommand } from '../core/own-command.js';
import { type Problem, ProblemsError } from '../core/problem.js';
import type { AsWritten } from './as-written.js';
import type { Config } from './config.js';
import type { Environment } from './expand-variables.js';
import { type Inspect, type Parsed, parseConfig, writtenAt } from './parse-config.js';
import { valueAt } from './plain-data.js';
import type { ConfigInput } from './schema/file.js';
import { findFile, searchPlaces } from './source/find-file.js';
import { readSource } from './source/read-source.js';
import { plainSource, type Source } from './source/source.js';

/** How a configuration is found and filled in. */
export interface LoadOptions {
  /** Where the search begins and relative paths count from. Default: `process.cwd()`. */
  readonly cwd?: string;
  /** Where `${NAME}` is looked up. Default: `process.env`. */
  readonly env?: Environment;
  /** Whether finding no file is an error; else the defaults without a rule serve. Default: true. */
  readonly required?: boolean;
  /** Read already: checked in place of what the file holds. */
  readonly read?: Source;
  /** Finds more problems, to be reported together with all others. Default: none. */
  readonly inspect?: Inspect;
}

/** A configuration that can be used. */
export interface LoadedConfig {
  /** Complete, checked and frozen. */
  readonly config: Config;
  /** The data as it was written: `${NAME}` is not filled in. */
  readonly written: unknown;
  /** The file it stands in, absolute; absent for an object. */
  readonly file?: string;
  /** What relative paths in the configuration count from, absolute. */
  readonly directory: string;
  /** Hides in texts about it what the environment filled in. */
  readonly asWritten: AsWritten;
  /**
   * Adds file, line and rule to problems that others found in `config`, hides the environment in
   * them, and sorts them by line.
   */
  readonly locate: (problems: readonly Problem[]) => readonly Problem[];
}

/**
 * Loads and checks a configuration.
 *
 * @param source the path of a file, the configuration itself (copied, never changed), or nothing:
 *   then it is searched from `cwd` up to the project's root
 * @throws ProblemsError with everything that is wrong with it
 * @throws CallbackError `config-not-found` when there is no such file,
 *   `config-unreadable` when it cannot be read
 */
export async function loadConfig(
  source?: string | ConfigInput | object,
  options: LoadOptions = {},
): Promise<LoadedConfig> {
  const { cwd = process.cwd(), env = process.env, required = true, inspect, read } = options;
  const start = resolve(cwd);
  if (typeof source === 'object')
    return await check(plainSource(source), { directory: start, start, env, inspect });
  const file = source === undefined ? findFile(start) : resolve(start, source);
  if (file !== undefined) {
    return await check(read ?? (await readFrom(file)), {
      file,
      directory: dirname(file),
      start,
      env,
      inspect,
    });
  }
  if (required) throw notFound(start);
  return await check(plainSource({ rules: [] }), { directory: start, start, env, inspect });
}

interface Place {
  readonly file?: string;
  readonly directory: string;
  readonly start: string;
  readonly env: Environment;
  readonly inspect: Inspect | undefined;
}

async function check(
  source: Source,
  { file, directory, start, env, inspect }: Place,
): Promise<LoadedConfig> {
  const shownFile = file === undefined ? undefined : shorter(file, start);
  const parsed: Parsed = source.usable ? await parseConfig(source.data, env, inspect) : nothing;
  const { asWritten } = parsed;
  const locate = (problems: readonly Problem[]) =>
    locateIn(source, { file: shownFile, asWritten }, problems);
  const problems = [...source.problems, ...parsed.problems];
  if (parsed.config === undefined || problems.length > 0) {
    throw new ProblemsError(locate(problems));
  }
  const { config } = parsed;
  const written = source.data;
  return { config, written, ...(file !== undefined && { file }), directory, asWritten, locate };
}

const nothing: Parsed = { problems: [], asWritten: (text) => text };

interface Shown {
  readonly file: string | undefined;
  readonly asWritten: AsWritten;
}

function locateIn(
  source: Source,
  { file, asWritten }: Shown,
  problems: readonly Problem[],
): readonly Problem[] {
  const located = problems.map((problem): Problem => {
    const path = writtenAt(problem.path, source.data);
    const line = problem.line ?? source.lineOf(path);
    const rule = ruleAt(path, source.data) ?? (problem.rule && asWritten(problem.rule));
    return {
      text: { en: asWritten(problem.text.en), zh: asWritten(problem.text.zh) },
      path,
      ...(rule !== undefined && { rule }),
      ...(file !== undefined && { file }),
      ...(line !== undefined && { line }),
    };
  });
  return located.toSorted((one, other) => (one.line ?? 0) - (other.line ?? 0));
}

/** The rule's name as written: what `${…}` in it stands for is not shown. */
function ruleAt([top, index]: Problem['path'], data: unknown): string | undefined {
  if (top !== 'rules' || index === undefined) return undefined;
  const name = valueAt(data, [top, index, 'name']);
  return typeof name === 'string' ? name : undefined;
}

async function readFrom(file: string): Promise<Source> {
  try {
    return await readSource(file);
  } catch (cause) {
    throw unreadable(file, cause as NodeJS.ErrnoException);
  }
}

function unreadable(file: string, cause: NodeJS.ErrnoException): CallbackError {
  const missing = cause.code === 'ENOENT' || cause.code === 'ENOTDIR';
  return new CallbackError(missing ? 'config-not-found' : 'config-unreadable', {
    text: missing
      ? { en: `There is no configuration at ${file}.`, zh: `找不到配置文件 ${file}。` }
      : {
          en: `The configuration ${file} cannot be read: ${cause.code ?? 'unknown fault'}.`,
          zh: `无法读取配置文件 ${file}：${cause.code ?? '未知错误'}。`,
        },
    cause,
  });
}

function notFound(directory: string): CallbackError {
  const names = searchPlaces.map((name) =>
    name === 'package.json' ? `"wechaty" in ${name}` : name,
  );
  return new CallbackError('config-not-found', {
    text: {
      en: `No configuration found from ${directory} up to the project's root. Looked for ${names.join(', ')}. To write a first one, run: ${ownCommand} init`,
      zh: `从 ${directory} 向上直到项目根目录都没有找到配置。查找过：${names.join('、')}。要生成一份，请运行：${ownCommand} init`,
    },
  });
}

function shorter(file: string, start: string): string {
  const path = relative(start, file);
  return path === '' || path.startsWith('..') || isAbsolute(path) ? file : path;
}
