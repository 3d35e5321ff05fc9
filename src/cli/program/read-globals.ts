import { parseArgs } from 'node:util';
import type { Language } from '../../core/language.js';
import { UsageError } from '../report/usage-error.js';

/** The options that must be known before any help or error can be said. */
export interface Globals {
  readonly json: boolean;
  /** As typed; `undefined` when it is not given. */
  readonly lang: string | undefined;
}

/** Reads them from anywhere on the command line, whatever else stands there. */
export function readGlobals(args: readonly string[]): Globals {
  const { values } = parseArgs({
    args: [...args],
    strict: false,
    allowPositionals: true,
    options: { json: { type: 'boolean' }, lang: { type: 'string' } },
  });
  return {
    json: values.json === true,
    lang: typeof values.lang === 'string' ? values.lang : undefined,
  };
}

/**
 * The language that `--lang` names.
 *
 * @throws UsageError
 */
export function languageNamed(lang: string): Language {
  if (lang === 'en' || lang === 'zh') return lang;
  throw new UsageError({
    en: `--lang takes en or zh, not ${JSON.stringify(lang)}.`,
    zh: `--lang 可用 en 或 zh，不支持 ${JSON.stringify(lang)}。`,
  });
}
