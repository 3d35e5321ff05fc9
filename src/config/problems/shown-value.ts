import type { Bilingual } from '../../core/language.js';
import { masked, redactText } from '../../core/redact.js';

const secretKey =
  /api[-_]?key|secret|token|passw|pwd|authorization|credential|headers|cookie|[a-z]Key$/iu;

/**
 * Whether the value at this path must not be shown: an API key, a secret, a header, or the address
 * of an alert, which may hold the key of a robot.
 */
export function isSecretPath(path: readonly PropertyKey[]): boolean {
  if (path[0] === 'alerts' && path.at(-1) === 'url') return true;
  return path.some((part) => typeof part === 'string' && secretKey.test(part));
}

/**
 * A value as an error may show it: short, a list or map only by its kind.
 * Passwords and query values inside URLs are hidden.
 */
export function shownValue(value: unknown): Bilingual {
  if (value === null) return { en: 'nothing', zh: '空值' };
  if (Array.isArray(value)) {
    return value.length === 0
      ? { en: 'an empty list', zh: '空列表' }
      : { en: 'a list', zh: '列表' };
  }
  if (typeof value === 'object') return { en: 'keys and values', zh: '键值表' };
  if (typeof value === 'string') return same(JSON.stringify(shorten(redactText(value))));
  if (typeof value === 'number' || typeof value === 'boolean') return same(String(value));
  return same(typeof value);
}

/** What stands in for a value that must not be shown. */
export const hiddenValue: Bilingual = { en: masked, zh: masked };

/** The same text in both languages. */
export function same(text: string): Bilingual {
  return { en: text, zh: text };
}

/** Chinese text touches Chinese text; anything else keeps its distance. */
export function gap(text: string): string {
  return /^\p{sc=Han}/u.test(text) ? text : ` ${text}`;
}

const maxShown = 60;

function shorten(text: string): string {
  if (text.length <= maxShown) return text;
  // Half an emoji at the cut would show as a broken character.
  return `${text.slice(0, maxShown - 1).replace(/[\ud800-\udbff]$/u, '')}…`;
}
