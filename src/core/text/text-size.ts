import type { TextLimit } from '../puppet-extras.js';

/** What a platform takes that tells nothing about itself. */
export const defaultTextLimit: TextLimit = { unit: 'characters', max: 2000 };

/** How long UTF-8 is for one code point, in bytes. */
function utf8Length(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x1_00_00 ? 3 : 4;
}

/**
 * The size of a text in the unit of a limit. A character is a UTF-16 code unit: the strictest way
 * to count, so that it holds on platforms that count code points too.
 */
export function textSize(text: string, unit: TextLimit['unit']): number {
  return unit === 'bytes' ? Buffer.byteLength(text) : text.length;
}

/** The farthest end, so that the text from `from` to it fits and no surrogate pair is cut. */
export function textReach(text: string, from: number, limit: TextLimit): number {
  if (limit.unit === 'bytes') return reachInBytes(text, from, limit.max);
  const end = Math.min(text.length, from + limit.max);
  const cutsPair = end < text.length && (text.codePointAt(end - 1) ?? 0) > 0xff_ff;
  return cutsPair ? end - 1 : end;
}

function reachInBytes(text: string, from: number, max: number): number {
  let left = max;
  let end = from;
  while (end < text.length) {
    const codePoint = text.codePointAt(end) ?? 0;
    left -= utf8Length(codePoint);
    if (left < 0) break;
    end += codePoint > 0xff_ff ? 2 : 1;
  }
  return end;
}
