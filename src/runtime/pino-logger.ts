import type { Bilingual, Language } from '../core/language.js';
import type { LogFields, Logger } from '../core/logger.js';

/** Writes one line: its fields as an object, then a sentence. */
export type PinoLog = (fields: Record<string, string | number | boolean>, text: string) => void;

/** A logger with the methods of pino that are used here: pino itself, or anything alike. */
export interface PinoLike {
  debug: PinoLog;
  info: PinoLog;
  warn: PinoLog;
  error: PinoLog;
}

/**
 * Writes to a logger like pino: the sentence in one language, the fields as they are. The logger
 * decides what of it is shown. One that throws costs its line, never a task.
 */
export function createPinoLogger(target: PinoLike, language: Language): Logger {
  const write = (level: keyof PinoLike) => (text: Bilingual, fields?: LogFields) => {
    try {
      target[level](presentFields(fields), text[language]);
    } catch {
      // There is nowhere to say it.
    }
  };
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
  };
}

function presentFields(fields: LogFields = {}): Record<string, string | number | boolean> {
  const present = Object.entries(fields).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(present) as Record<string, string | number | boolean>;
}
