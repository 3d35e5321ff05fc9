const zeroWidth: readonly (readonly [number, number])[] = [
  [0x00ad, 0x00ad],
  [0x034f, 0x034f],
  [0x061c, 0x061c],
  [0x180b, 0x180f],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x206f],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xe0100, 0xe01ef],
];

/**
 * The code points that nobody sees: joiners, direction marks, variation selectors, the byte order
 * mark. As ranges, both ends included.
 */
export const zeroWidthRanges = zeroWidth;

/** True for a code point that nobody sees. */
export function isZeroWidth(codePoint: number): boolean {
  return zeroWidth.some(([first, last]) => codePoint >= first && codePoint <= last);
}

/** Every code unit that is white space, the U+2005 that WeChat writes after a mention included. */
export const whiteSpace =
  '\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000';

const space = /^[\s\u0085]$/u;

/** True for a code unit that is white space. */
export function isWhiteSpace(character: string): boolean {
  return space.test(character);
}

/**
 * The marks that `punctuation` trims: what ends or encloses a sentence. Marks that belong to names
 * (`C#`, `C++`, `@`, `50%`) are none of them.
 */
export const sentenceMarks =
  '.,!?;:~"\'`…·—–()[]{}<>' +
  '。，、！？；：～＂＇｀（）［］｛｝＜＞．' +
  '“”‘’「」『』《》〈〉【】〔〕〖〗｡､｢｣¡¿‼⁇⁈⁉';

/** The text without white space at its ends, in linear time whatever stands between. */
export function trimSpace(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isWhiteSpace(text.charAt(start))) start += 1;
  while (end > start && isWhiteSpace(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}
