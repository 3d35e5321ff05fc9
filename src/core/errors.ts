import type { Bilingual, Language } from './language.js';
import { lacksFiles, outOfFiles } from './open-files.js';
import type { SayingFailure } from './saying-failure.js';

/** How an error is built: what happened in both languages, and what caused it. */
export interface CallbackErrorOptions {
  /** What happened, the offending value (never a secret or message text), what to do. */
  readonly text: Bilingual;
  readonly cause?: unknown;
  /** Of what could not be said: whether it was sent. Default: as the cause tells. */
  readonly saying?: SayingFailure | undefined;
}

const brand = Symbol.for('wechaty-callback.error');

/**
 * The base of every error this package throws.
 *
 * `code` is stable and made for programs; `message` is English, `in('zh')` the same in Chinese.
 * Neither ever holds a secret or the text of a chat message.
 */
export class CallbackError extends Error {
  override readonly name: string = 'CallbackError';
  readonly code: string;
  readonly text: Bilingual;
  /** Of what could not be said: whether it was sent; absent: as the cause tells. */
  readonly saying?: SayingFailure;
  readonly [brand] = true;

  constructor(code: string, options: CallbackErrorOptions) {
    super(options.text.en, 'cause' in options ? { cause: options.cause } : undefined);
    this.code = code;
    this.text = options.text;
    if (options.saying) this.saying = options.saying;
  }

  /** The message in the given language. */
  in(language: Language): string {
    return this.text[language];
  }
}

/** True for an error of this package, also one of a second installed copy of it. */
export function isCallbackError(error: unknown): error is CallbackError {
  return typeof error === 'object' && error !== null && brand in error;
}

/**
 * An error for the log: ours in its own words; of a foreign one the name and code alone, because
 * its message may quote what somebody said.
 */
export function textOf(error: unknown): Bilingual {
  const name = nameOf(error);
  const text = isCallbackError(error) ? error.text : { en: name, zh: name };
  if (!lacksFiles(error)) return text;
  return { en: `${text.en} ${outOfFiles.en}`, zh: `${text.zh} ${outOfFiles.zh}` };
}

/** The name and code of an error, e.g. `Error ECONNRESET`. */
export function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const code = 'code' in error ? ` ${String(error.code)}` : '';
  return error.name + code;
}

/**
 * Where a foreign error was thrown: the first line of its stack that is a place. The message stands
 * before the places and is left out, because it may quote what somebody said.
 */
export function placeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { stack = '', message } = error;
  const start = stack.indexOf(message);
  if (start < 0) return undefined;
  const lines = stack.slice(start + message.length).split('\n');
  return lines.find((line) => /^ {4}at /u.test(line))?.trim();
}
