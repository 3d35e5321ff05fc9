import { log } from 'wechaty-puppet';
import type { Bilingual, Language } from '../../core/language.js';
import type { LogFields, Logger } from '../../core/logger.js';
import { visible, visibleLines } from '../../core/text/visible.js';

/** Writes through Wechaty's own log, so that a bot has one log, in one of the two languages. */
export function createWechatyLogger(language: Language): Logger {
  const line = (text: Bilingual, fields: LogFields = {}) =>
    [
      visibleLines(text[language]),
      ...Object.entries(fields).flatMap(([name, value]) => pair(name, value)),
    ].join(' ');
  return {
    // Wechaty's level decides over `verbose`; who asks for debug lines here wants to see them.
    debug: (...args) => log.info('Callback', '%s', line(...args)),
    info: (...args) => log.info('Callback', '%s', line(...args)),
    warn: (...args) => log.warn('Callback', '%s', line(...args)),
    error: (...args) => log.error('Callback', '%s', line(...args)),
  };
}

function pair(name: string, value: LogFields[string]): readonly string[] {
  if (value === undefined || value === '') return [];
  const text = String(value);
  // Names may hold spaces, and ids come from outside: one field stays one word on one line.
  return [`${name}=${visible(/^[^\s"=\p{Cc}]+$/u.test(text) ? text : JSON.stringify(text))}`];
}
