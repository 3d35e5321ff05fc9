import { z } from 'zod';
import type { Bilingual } from '../../core/language.js';
import { UsageError } from '../report/usage-error.js';

const nothing: Bilingual = { en: '', zh: '' };
const isoTime = z.iso.datetime({ offset: true, local: true });
const isoDate = z.iso.date();

/**
 * The time that an ISO 8601 text means, in ms since 1970. Without a zone it is that of this
 * computer; without a time of day it is midnight; a space may stand for the `T`.
 *
 * @param option what the text was typed for, for the error; default `--at`
 * @param orElse what else may be written there, for the error; default: nothing
 * @throws UsageError
 */
export function readTime(text: string, option = '--at', orElse: Bilingual = nothing): number {
  const typed = text.trim().replace(' ', 'T');
  // A date alone would be read as midnight in London.
  const whole = isoDate.safeParse(typed).success ? `${typed}T00:00` : typed;
  // zod takes a time with a zone only when it has seconds.
  const time = whole.replace(/(?<=T\d\d:\d\d)(?=$|Z|[+-])/u, ':00');
  const at = isoTime.safeParse(time).success ? Date.parse(time) : Number.NaN;
  if (!Number.isNaN(at)) return at;
  throw new UsageError({
    en: `${option} does not understand ${JSON.stringify(text)}; write it like ${orElse.en}2026-11-20T09:30 or 2026-11-20T09:30+08:00.`,
    zh: `${option} 无法理解 ${JSON.stringify(text)}；请写成 ${orElse.zh}2026-11-20T09:30 或 2026-11-20T09:30+08:00。`,
  });
}
