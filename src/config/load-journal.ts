import { resolve } from 'node:path';
import { CallbackError } from '../core/errors.js';
import { ProblemsError } from '../core/problem.js';
import type { JournalConfig } from './config.js';
import type { LoadOptions } from './load-config.js';
import { parseSections } from './parse-sections.js';
import { findFile } from './source/find-file.js';
import { readSource } from './source/read-source.js';

/** Where the journal of a configuration is. */
export interface LoadedJournal {
  /** The file with the rules, absolute. */
  readonly file: string;
  readonly journal: JournalConfig;
}

/**
 * Reads the `journal` section alone: who looks after a running bot need not have the variables that
 * its rules are filled in with, and the rules may be in the middle of a change.
 *
 * @throws ProblemsError when the section, or the file as a whole, cannot be read
 * @throws CallbackError `config-not-found`
 */
export async function loadJournal(
  source: string | undefined,
  { cwd = process.cwd(), env = process.env }: Pick<LoadOptions, 'cwd' | 'env'> = {},
): Promise<LoadedJournal> {
  const start = resolve(cwd);
  const file = source === undefined ? findFile(start) : resolve(start, source);
  if (file === undefined) throw notFound(start);
  const { data, usable, problems } = await read(file);
  if (!usable) throw new ProblemsError(problems.map((problem) => ({ ...problem, file })));
  const { journal } = await parseSections(data, ['journal'], { env, file });
  return { file, journal };
}

async function read(file: string): ReturnType<typeof readSource> {
  try {
    return await readSource(file);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown';
    throw new CallbackError('config-not-found', {
      text: {
        en: `The configuration ${file} cannot be read (${code}).`,
        zh: `无法读取配置文件 ${file}（${code}）。`,
      },
      cause,
    });
  }
}

function notFound(directory: string): CallbackError {
  return new CallbackError('config-not-found', {
    text: {
      en: `No configuration found from ${directory} up to the project's root: name it with --config.`,
      zh: `从 ${directory} 向上直到项目根目录都没有找到配置：请用 --config 指定。`,
    },
  });
}
