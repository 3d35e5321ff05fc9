import type { Bilingual } from './language.js';

/**
 * What a schema expects, as the message of a zod issue.
 *
 * zod's messages are single strings in one language; here they carry data instead, which
 * `readExpectation` takes out again when the problem is put into words.
 */
export function expected(en: string, zh: string): string {
  return JSON.stringify({ en, zh });
}

/** What `expected` was given; nothing for a message that is zod's own. */
export function readExpectation(message: string): Bilingual | undefined {
  return message.startsWith('{"en":') ? (JSON.parse(message) as Bilingual) : undefined;
}

/** The message of an unknown key's issue: the keys that are allowed there. */
export function allowedKeys(keys: readonly string[]): string {
  return keys.join('\n');
}

/** What `allowedKeys` was given. */
export function readAllowedKeys(message: string): readonly string[] {
  return message.split('\n');
}
