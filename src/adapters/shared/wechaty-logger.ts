import { log } from 'wechaty-puppet';
import type { Bilingual, Language } from '../../core/language.js';
import type { LogFields, Logger } from '../../core/logger.js';

/** How much is logged. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

const order: readonly LogLevel[] = ['debug', 'info', 'warn', 'error', 'silent'];

/** Writes through Wechaty's own log, so that a bot has one log, in one of the two languages. */
export function createWechatyLogger(language: Language, level: () => LogLevel): Logger {
  const line = (text: Bilingual, fields: LogFields = {}) =>
    [text[language], ...Object.entries(fields).flatMap(([name, value]) => pair(name, value))].join(
      ' ',
    );
  const wanted = (mine: LogLevel) => order.indexOf(mine) >= order.indexOf(level());
  return {
    // Wechaty's level decides over `verbose`; who asks for debug lines here wants to see them.
    debug: (...args) => wanted('debug') && log.info('Callback', '%s', line(...args)),
    info: (...args) => wanted('info') && log.info('Callback', '%s', line(...args)),
    warn: (...args) => wanted('warn') && log.warn('Callback', '%s', line(...args)),
    error: (...args) => wanted('error') && log.error('Callback', '%s', line(...args)),
  };
}

function pair(name: string, value: LogFields[string]): readonly string[] {
  if (value === undefined || value === '') return [];
  const text = String(value);
  // Names may hold spaces, and ids come from outside: one field stays one word on one line.
  return [`${name}=${/^[^\s"=\p{Cc}]+$/u.test(text) ? text : JSON.stringify(text)}`];
}
