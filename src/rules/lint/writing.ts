/**
 * How a text is written, where that lets guess that something else is meant. All take time linear
 * in the text.
 */

/** Whether a text stands in slashes, as a regular expression does where names are listed. */
export function isSlashed(text: string): boolean {
  const end = text.lastIndexOf('/');
  return text.startsWith('/') && end > 1 && /^[imsu]*$/u.test(text.slice(end + 1));
}

/** The pairs of quotes that YAML takes for letters. */
const quotes: readonly (readonly [open: string, close: string])[] = [
  ['“', '”'],
  ['‘', '’'],
  ['＂', '＂'],
  ['＇', '＇'],
];

/** The full-width quotes around a text, e.g. `“ ”`. */
export function quotesAround(text: string): string | undefined {
  const trimmed = text.trim();
  const pair = quotes.find(([open, close]) => trimmed.startsWith(open) && trimmed.endsWith(close));
  return pair !== undefined && trimmed.length > 2 ? pair.join(' ') : undefined;
}

/** What stands between the entries of a list. */
const listSigns = ['、', '；', ';', '，', ',', '\n', '\t'] as const;

/** Longer parts are parts of a sentence. */
const longestPart = 12;

/** A sign between several short words that hold no other signs, e.g. `，` in `订阅，退订`. */
export function listSignIn(text: string): string | undefined {
  return listSigns.find((sign) => {
    const parts = partsOf(text, sign);
    // 1,000 is a number.
    return parts.every(isWord) && !parts.every(isNumber);
  });
}

/** The same of signs that stand inside ordinary words as well: `|`, and `/` or a space between Chinese words. */
export function wordSignIn(text: string): string | undefined {
  const alternatives = partsOf(text, '|');
  if (alternatives.every(isWord)) return '|';
  return ['/', ' '].find((sign) => partsOf(text.replaceAll('\u3000', ' '), sign).every(isChinese));
}

/** The parts of a text at a sign, the empty one alone where there is no such sign. */
function partsOf(text: string, sign: string): readonly string[] {
  const parts = text.split(sign).map((part) => part.trim());
  return parts.length > 1 ? parts : [''];
}

function isWord(part: string): boolean {
  return part.length <= longestPart && /^[\p{L}\p{N}]/u.test(part) && /[\p{L}\p{N}]$/u.test(part);
}

function isNumber(part: string): boolean {
  return /^\d+$/u.test(part);
}

function isChinese(part: string): boolean {
  return isWord(part) && /^\p{sc=Han}/u.test(part) && /\p{sc=Han}$/u.test(part);
}

/** What a text has of a pattern: `*` of a glob, others of a regular expression. */
export function patternSignIn(text: string): string | undefined {
  if (/[.][*+]/u.test(text)) return /[.][*+]/u.exec(text)?.[0];
  if (/^\^[\p{L}\p{N}]/u.test(text)) return '^';
  const star = /^\*[\p{L}\p{N}]/u.test(text) !== /[\p{L}\p{N}]\*$/u.test(text);
  return star && text.indexOf('*') === text.lastIndexOf('*') ? '*' : undefined;
}
