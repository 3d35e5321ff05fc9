import { EventEmitter } from 'node:events';
import type { Bilingual, Language } from '../core/language.js';
import type { LogFields, Logger } from '../core/logger.js';
import { visible, visibleLines } from '../core/text/visible.js';

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
 * Writes to a logger like pino: the sentence in one language, the fields beside it; control
 * characters of people are written out in both. The logger
 * decides what of it is shown. One that throws costs its line, never a task; and a destination of
 * pino that fails later, such as a full disk, costs its lines, never the process.
 */
export function createPinoLogger(target: PinoLike, language: Language): Logger {
  destinationOf(target)?.on('error', () => {
    // There is nowhere to say it.
  });
  const write = (level: keyof PinoLike) => (text: Bilingual, fields?: LogFields) => {
    try {
      target[level](presentFields(fields), visibleLines(text[language]));
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

/** The stream behind pino, also behind a child of it; `undefined` for other loggers. */
function destinationOf(target: PinoLike): EventEmitter | undefined {
  for (
    let part: object | null = target;
    part;
    part = Object.getPrototypeOf(part) as object | null
  ) {
    const key = Object.getOwnPropertySymbols(part).find(isDestination);
    const stream: unknown = key && Reflect.get(part, key);
    if (stream instanceof EventEmitter) return stream;
  }
  return undefined;
}

/** `pino.symbols.streamSym`, without a dependency on pino. */
function isDestination({ description }: symbol): boolean {
  return description === 'pino.stream';
}

function presentFields(fields: LogFields = {}): Record<string, string | number | boolean> {
  const present = Object.entries(fields)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => [name, typeof value === 'string' ? visible(value) : value] as const);
  return Object.fromEntries(present) as Record<string, string | number | boolean>;
}
