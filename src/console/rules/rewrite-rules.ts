import { isDeepStrictEqual } from 'node:util';
import { isPlainObject, valueAt, without } from '../../config/plain-data.js';
import { readWritten } from '../../config/source/read-source.js';
import type { Source } from '../../config/source/source.js';
import { consoleError } from '../api/failures.js';
import type { Entry } from './entries.js';
import { remakeYaml } from './yaml/remake.js';
import { rewriteYaml } from './yaml/rewrite.js';

/** The rules of a file as they are written; none where there is no list of them. */
export function rulesIn(data: unknown): readonly unknown[] {
  const rules = valueAt(data, ['rules']);
  return Array.isArray(rules) ? rules : [];
}

/** A configuration with other rules. */
export interface Rewritten {
  readonly text: string;
  /** The text, read again. */
  readonly read: Source;
}

/**
 * The text of a configuration with other rules. JSON stays JSON, with its indentation; of YAML every
 * comment and every line that is not meant stays as it is. Whatever way it is made, the result is
 * read again, and is only taken when it says exactly what it should.
 *
 * @throws CallbackError `not-editable`
 */
export async function rewriteRules(
  text: string,
  data: unknown,
  entries: readonly Entry[],
): Promise<Rewritten> {
  const before = rulesIn(data);
  const wanted = entries.map((entry) => entry.data);
  const json = jsonOf(text);
  if (json !== undefined) return await reread(rewriteJson(text, json, wanted));
  const ways = [rewriteYaml, remakeYaml];
  for (const way of ways) {
    const made = await way(text, before, entries);
    const rewritten = made === undefined ? undefined : await reread(made);
    if (rewritten !== undefined && says(rewritten.read, data, wanted)) return rewritten;
  }
  throw consoleError('not-editable', {
    en: 'The file is laid out in a way that the console cannot edit without breaking it (anchors, merged keys?). Edit it by hand.',
    zh: '该文件的写法（锚点、合并键等）无法由控制台安全修改，请手工编辑。',
  });
}

async function reread(text: string): Promise<Rewritten> {
  return { text, read: await readWritten(text) };
}

function says(made: Source, data: unknown, rules: readonly unknown[]): boolean {
  const { data: read, usable, problems } = made;
  if (!usable || problems.length > 0 || !isPlainObject(read) || !isPlainObject(data)) return false;
  return (
    isDeepStrictEqual(read['rules'], rules) &&
    isDeepStrictEqual(without(read, 'rules'), without(data, 'rules'))
  );
}

function jsonOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isPlainObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function rewriteJson(
  text: string,
  value: Readonly<Record<string, unknown>>,
  rules: readonly unknown[],
): string {
  const indent = /\n([ \t]+)\S/u.exec(text)?.[1] ?? (text.includes('\n') ? 2 : undefined);
  const end = /\r?\n$/u.exec(text)?.[0] ?? '';
  const made = JSON.stringify({ ...value, rules }, undefined, indent);
  return `${text.includes('\r\n') ? made.replaceAll('\n', '\r\n') : made}${end}`;
}
