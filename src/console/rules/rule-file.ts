import { createHash, randomBytes } from 'node:crypto';
import { chmod, chown, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import type { Bilingual } from '../../core/language.js';
import { consoleError } from '../api/failures.js';

/** A file as it was read. */
export interface FileText {
  readonly text: string;
  /** Changes with every byte. */
  readonly edition: string;
}

/** Larger files are refused by the loader too. */
const maxBytes = 1024 * 1024;

const readOnlyNames: Readonly<Record<string, Bilingual>> = {
  script: {
    en: 'The rules stand in a JavaScript file, which the console cannot edit: edit it by hand, or move the rules to .wechatyrc.yaml.',
    zh: '规则写在 JavaScript 文件中，控制台无法修改：请手工编辑，或把规则移到 .wechatyrc.yaml。',
  },
  package: {
    en: 'The rules stand in package.json, which the console leaves alone: move them to .wechatyrc.yaml to edit them here.',
    zh: '规则写在 package.json 中，控制台不修改该文件：请移到 .wechatyrc.yaml 后再编辑。',
  },
  code: {
    en: 'The rules were handed over in code: there is no file to edit.',
    zh: '规则由代码直接传入，没有可编辑的文件。',
  },
};

/** Why the rules of this file cannot be edited here; `undefined` when they can. */
export function whyReadOnly(file: string | undefined): Bilingual | undefined {
  if (file === undefined) return readOnlyNames['code'];
  if (basename(file) === 'package.json') return readOnlyNames['package'];
  return /^\.[cm]?[jt]s$/u.test(extname(file)) ? readOnlyNames['script'] : undefined;
}

/**
 * Reads a file that can be edited.
 *
 * @throws CallbackError `not-editable`
 */
export async function readRuleFile(file: string): Promise<FileText> {
  const reason = whyReadOnly(file);
  if (reason !== undefined) throw consoleError('not-editable', reason);
  try {
    const bytes = await readFile(file);
    if (bytes.length > maxBytes) throw new RangeError('too large');
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return { text, edition: editionOf(bytes) };
  } catch (cause) {
    throw consoleError('not-editable', unreadable(file), cause);
  }
}

/**
 * Puts another text into the place of a file, whole or not at all: it is written beside it, brought
 * to the disk, and renamed. Its rights stay; a link stays a link.
 *
 * @param edition that of the file that is meant
 * @returns the new edition
 * @throws CallbackError `file-changed` when it is another file by now, `not-writable`
 */
export async function replaceRuleFile(
  file: string,
  text: string,
  edition: string,
): Promise<string> {
  const bytes = Buffer.from(text, 'utf8');
  let temporary: string | undefined;
  try {
    const target = await realpath(file);
    const { mode, uid, gid } = await stat(target);
    const name = `.${basename(target)}.${randomBytes(6).toString('hex')}.tmp`;
    temporary = join(dirname(target), name);
    await writeDurably(temporary, bytes, mode & 0o777);
    // Another owner can only be kept by who may give files away; the rights are what counts.
    await chown(temporary, uid, gid).catch(() => {});
    await chmod(temporary, mode & 0o7777);
    if (editionOf(await readFile(target)) !== edition) throw changed();
    await rename(temporary, target);
    temporary = undefined;
    return editionOf(bytes);
  } catch (cause) {
    if (cause instanceof Error && 'text' in cause) throw cause;
    throw consoleError('not-writable', unwritable(file, cause), cause);
  } finally {
    if (temporary !== undefined) await rm(temporary, { force: true }).catch(() => {});
  }
}

/** The file is not the one that somebody has before them. */
export function changed(): Error {
  return consoleError('file-changed', {
    en: 'The file was changed meanwhile, by hand or in another window: load it again, then repeat the change.',
    zh: '文件已被修改（手工编辑或在其他窗口中）：请重新加载后再修改。',
  });
}

async function writeDurably(file: string, bytes: Buffer, mode: number): Promise<void> {
  const handle = await open(file, 'wx', mode);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function editionOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('base64url');
}

function unreadable(file: string): Bilingual {
  return {
    en: `${file} cannot be read as text in UTF-8 of at most 1 MB.`,
    zh: `无法读取 ${file}：须为不超过 1 MB 的 UTF-8 文本。`,
  };
}

function unwritable(file: string, cause: unknown): Bilingual {
  const code = (cause as NodeJS.ErrnoException).code ?? 'unknown';
  const advice = ['EBUSY', 'EXDEV'].includes(code)
    ? {
        en: ' A single file mounted into a container cannot be replaced: mount its folder.',
        zh: '单独挂载到容器中的文件无法替换：请改为挂载其所在目录。',
      }
    : {
        en: ' Check the rights of the file and its folder.',
        zh: '请检查文件及其所在目录的权限。',
      };
  return {
    en: `${file} cannot be written (${code}).${advice.en}`,
    zh: `无法写入 ${file}（${code}）。${advice.zh}`,
  };
}
