import { textReach } from './text/text-size.js';

/** Longer texts are cut where they are only remembered, in characters. */
export const maxRememberedText = 4000;

/** What is left of a value to be remembered. */
export interface Shortened<T> {
  readonly value: T;
  /** How long the longest text was that had to be cut, in characters; absent when none was. */
  readonly cutFrom?: number;
}

/**
 * A copy of plain data with its long texts cut; what is no plain data is handed on as it is. The texts
 * of the copy stand alone: a part of a text would otherwise keep the whole of it in memory.
 */
export function shortened<T>(value: T): Shortened<T> {
  let cutFrom = 0;
  const copy = (part: unknown): unknown => {
    if (typeof part === 'string') {
      cutFrom = Math.max(cutFrom, part.length);
      return beginningOf(part, maxRememberedText);
    }
    if (Array.isArray(part)) return part.map(copy);
    if (!isPlain(part)) return part;
    return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, copy(inner)]));
  };
  const shorter = copy(value) as T;
  return { value: shorter, ...(cutFrom > maxRememberedText && { cutFrom }) };
}

/** Shorter texts are never a view of another one in V8. */
const minView = 13;

/**
 * The beginning of a text, at most so many characters, which stands alone: `slice` makes a view that
 * keeps the whole text in memory.
 */
export function beginningOf(text: string, max: number): string {
  if (text.length < minView) return text;
  return Buffer.from(text.slice(0, textReach(text, 0, { unit: 'characters', max }))).toString();
}

/** What objects and their keys take besides their texts, in bytes. */
const perObject = 32;
const perKey = 16;

/** How much memory plain data takes, in bytes, more or less. */
export function bytesOf(value: unknown): number {
  if (typeof value === 'string') return perKey + Buffer.byteLength(value);
  if (Array.isArray(value)) {
    return value.reduce<number>((sum, part) => sum + perKey + bytesOf(part), perObject);
  }
  if (!isPlain(value)) return perKey;
  return Object.values(value).reduce<number>(
    (sum, part) => sum + perKey + bytesOf(part),
    perObject,
  );
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
