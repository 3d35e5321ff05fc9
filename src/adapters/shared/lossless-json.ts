/** Long enough for every integer beyond 2^53, and for a few before it. */
const longInteger = /(?<![\d.eE+-])-?[1-9]\d{15,}(?![\d.eE]|\s*:)/gu;
const shortest = 16;
/** Without so many digits in a row, in quotes or not, there is nothing to do. */
const hasLongInteger = /\d{16}/u;
const backslash = 92;

/**
 * Reads JSON without losing digits: an integer of 16 digits or more becomes a text of its digits,
 * because a double holds only 53 bits of a 64-bit id. All else is as `JSON.parse` gives it.
 *
 * What stands in quotes is never touched, also when it looks like an id or like JSON.
 *
 * @throws SyntaxError for what is no JSON; its message may quote the source, so do not log it
 */
export function readLosslessJson(source: string): unknown {
  return JSON.parse(hasLongInteger.test(source) ? quoteLongIntegers(source) : source);
}

/** The same, but `undefined` for what is no JSON. */
export function tryLosslessJson(source: string): unknown {
  try {
    return readLosslessJson(source);
  } catch {
    return undefined;
  }
}

/** Goes from quote to quote, because numbers stand only between the texts. */
function quoteLongIntegers(source: string): string {
  let quoted = '';
  let copied = 0;
  let position = 0;
  while (position < source.length) {
    const quote = source.indexOf('"', position);
    const end = quote < 0 ? source.length : quote;
    if (end - position >= shortest) {
      const between = source.slice(position, end);
      const safe = between.replaceAll(longInteger, '"$&"');
      if (safe !== between) {
        quoted += source.slice(copied, position) + safe;
        copied = end;
      }
    }
    if (quote < 0) break;
    position = endOfText(source, quote);
  }
  return copied === 0 ? source : quoted + source.slice(copied);
}

/** The place after the quote that closes the text opened at `start`. */
function endOfText(source: string, start: number): number {
  let end = source.indexOf('"', start + 1);
  while (end >= 0) {
    let slash = end;
    while (source.charCodeAt(slash - 1) === backslash) slash -= 1;
    if ((end - slash) % 2 === 0) return end + 1;
    end = source.indexOf('"', end + 1);
  }
  return source.length;
}
