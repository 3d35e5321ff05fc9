import { basename, extname } from 'node:path';
import { ownCommand } from '../../core/own-command.js';
import { isPlainObject } from '../plain-data.js';
import { readScript } from './read-script.js';
import { readText } from './read-text.js';
import { readYaml } from './read-yaml.js';
import { brokenSource, plainSource, type Source } from './source.js';

const scripts = new Set(['.js', '.mjs', '.cjs']);
const typescript = new Set(['.ts', '.mts', '.cts']);

/** Reads a file by its name: a script, `package.json`, else YAML or JSON. Rejects when it cannot be opened. */
export async function readSource(file: string): Promise<Source> {
  const { text, fault } = await readText(file);
  if (fault) return brokenSource([{ path: [], text: fault }]);
  if (isBlank(text)) return brokenSource([{ path: [], text: empty }]);
  if (scripts.has(extname(file))) return readScript(file);
  if (typescript.has(extname(file))) return brokenSource([{ path: [], text: noTypescript }]);
  if (basename(file) !== 'package.json') return await readWritten(text);
  const source = await readYaml(text);
  return source.usable && isPlainObject(source.data) ? plainSource(source.data['wechaty']) : source;
}

/** Reads a text as a file of YAML or JSON holds it. Never rejects. */
export async function readWritten(text: string): Promise<Source> {
  if (isBlank(text)) return brokenSource([{ path: [], text: empty }]);
  return withoutNothing(await readYaml(text.replace(/^\uFEFF/u, '')));
}

function isBlank(text: string): boolean {
  return text.trim() === '';
}

/** A file of nothing but comments is as empty as one without a byte. */
function withoutNothing(source: Source): Source {
  return source.usable && (source.data === null || source.data === undefined)
    ? brokenSource([{ path: [], text: empty }])
    : source;
}

const empty = {
  en: `the file is empty (comments do not count); write \`rules:\` into it, or let \`${ownCommand} init --force FILE\` replace it`,
  zh: `文件是空的（注释不算）；请写入 rules:，或用 ${ownCommand} init --force 文件名 生成一份来替换它`,
};

const noTypescript = {
  en: 'TypeScript is not read; write YAML, JSON or JavaScript',
  zh: '不支持 TypeScript；请使用 YAML、JSON 或 JavaScript',
};
