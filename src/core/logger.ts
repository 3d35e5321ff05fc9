import type { Bilingual } from './language.js';

/** Named values of a log line. Never message text, never a secret: those are redacted by the sink. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** Where log lines go. Every line is a sentence in both languages; the sink shows one of them. */
export interface Logger {
  debug(text: Bilingual, fields?: LogFields): void;
  info(text: Bilingual, fields?: LogFields): void;
  warn(text: Bilingual, fields?: LogFields): void;
  error(text: Bilingual, fields?: LogFields): void;
}

/** A logger that says nothing. */
export const silentLogger: Logger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
};
