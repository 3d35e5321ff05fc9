/** Puts the text as it is written in the configuration in place of what the environment filled in. */
export type AsWritten = (text: string) => string;

/** What the environment filled in somewhere, and how that is written: `${NAME}`. */
export interface Filled {
  readonly text: string;
  readonly written: string;
}

/** Shorter texts stand in other words by chance: they are replaced as whole words only. */
const shortest = 4;

/** Whether a value may stand in other words by chance, so that it is known in its whole text only. */
export function isShort(value: string): boolean {
  return value.length < shortest;
}

/** What errors and explanations put behind a text that they cut. */
const cutMark = '…';
/** They leave at most so many characters of a quotation. */
const longestCut = 64;

/**
 * Makes a function that hides the environment in texts about a configuration: whatever was filled in
 * is written as `${NAME}` again, also in another case, in JSON, in addresses, and where it was cut. What
 * is longer goes before its parts.
 */
export function createAsWritten(filled: readonly Filled[]): AsWritten {
  const written = new Map<string, string>();
  for (const one of filled) {
    for (const form of formsOf(one.text)) {
      const key = form.toLowerCase();
      if (key !== '' && !written.has(key)) written.set(key, one.written);
    }
  }
  if (written.size === 0) return (text) => text;
  const texts = [...written.keys()].toSorted((one, other) => other.length - one.length);
  const pattern = new RegExp(texts.map(patternOf).join('|'), 'giu');
  const beginnings = beginningsOf(written);
  // A character that folds otherwise than it is lowered has no entry, and is no less hidden.
  const nameOf = (found: string) => written.get(found.toLowerCase()) ?? '${***}';
  return (text) => withoutCuts(text.replaceAll(pattern, nameOf), beginnings);
}

/** One text in all the forms in which it is shown. */
function formsOf(text: string): readonly string[] {
  // Buffer replaces lone surrogates, which cannot be encoded.
  const encoded = encodeURIComponent(Buffer.from(text).toString());
  return [text, JSON.stringify(text).slice(1, -1), encoded];
}

function patternOf(text: string): string {
  const literal = text.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`);
  return isShort(text) ? String.raw`(?<![\p{L}\p{N}])${literal}(?![\p{L}\p{N}])` : literal;
}

/** The beginnings of long texts that may stand before the mark, and how those are written. */
function beginningsOf(written: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const beginnings = new Map<string, string>();
  for (const [text, name] of written) {
    for (let length = shortest; length < Math.min(text.length, longestCut); length += 1) {
      beginnings.set(text.slice(0, length), name);
    }
  }
  return beginnings;
}

/** Replaces the beginning of a text that was cut, before the mark. */
function withoutCuts(text: string, beginnings: ReadonlyMap<string, string>): string {
  const parts = text.split(cutMark);
  const last = parts.length - 1;
  return parts
    .map((part, index) => (index === last ? part : withoutCut(part, beginnings)))
    .join(cutMark);
}

function withoutCut(part: string, beginnings: ReadonlyMap<string, string>): string {
  for (let length = Math.min(part.length, longestCut); length >= shortest; length -= 1) {
    const name = beginnings.get(part.slice(-length).toLowerCase());
    if (name !== undefined) return part.slice(0, -length) + name;
  }
  return part;
}
