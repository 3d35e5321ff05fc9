import type { Bilingual } from '../../core/language.js';

/** What stands in YAML for the signs that a Chinese keyboard types. */
const meant: ReadonlyMap<string, Bilingual> = new Map([
  ...signs('：', '":", and a space behind a key', '半角冒号 :（键名之后再加一个空格）'),
  ...signs('，', '","', '半角逗号 ,'),
  ...signs('“”＂', '"…"', '半角引号 "…"'),
  ...signs('‘’＇', "'…'", "半角引号 '…'"),
  ...signs('［］【】', '[…]', '半角方括号 […]'),
  ...signs('｛｝', '{…}', '半角花括号 {…}'),
  ...signs('－', '"- "', '半角减号加空格'),
  ...signs('＃', '" #"', '空格加半角井号 #'),
  ...signs('\u3000\u00a0', 'an ordinary space', '普通空格'),
]);

/** A character that YAML takes for a letter, though it looks like one of its signs. */
export function fullWidthIn(text: string): string | undefined {
  return Array.from(text.slice(0, longest)).find((character) => meant.has(character));
}

/** Names a character that `fullWidthIn` or `fullWidthSign` found, and what to write for it. */
export function fullWidthText(character: string): Bilingual {
  const instead = meant.get(character) ?? { en: 'an ASCII character', zh: '半角字符' };
  const shown = spaces[character] ?? { en: `"${character}"`, zh: `“${character}”` };
  return {
    en: `${shown.en} is a full-width character, which YAML takes for a letter; write ${instead.en}`,
    zh: `${shown.zh} 是全角字符，YAML 不把它当作标点；请改为${instead.zh}`,
  };
}

const spaces: Readonly<Record<string, Bilingual>> = {
  '\u3000': { en: 'the space U+3000', zh: '空格 U+3000' },
  '\u00a0': { en: 'the space U+00A0', zh: '空格 U+00A0' },
};

/** Lines are looked at so far: what stands behind is no key. */
const longest = 300;

/** Where a character would have to be a sign: behind a key, before a value, in brackets. */
const places: readonly RegExp[] = [
  /^[ \t]*([\u3000\u00a0－])/u,
  /^[ \t]*(?:- +)?[“”"']?[A-Za-z][\w.-]*[“”"']?[ \u3000]?(：)/u,
  /[{[,，][ \u3000]?[A-Za-z][\w.-]*(：)/u,
  /[:：,，[{-][ \u3000]?([“”‘’＂＇［【｛])/u,
  / (＃)/u,
];

/** Inside brackets a comma or a closing bracket is a sign. */
const inBrackets = /^[^[{]*[[{][^，］】｝]*([，］】｝])/u;

/** A full-width character of a line of YAML that stands where one of its signs belongs. */
export function fullWidthSign(line: string): string | undefined {
  const written = withoutTexts(line.slice(0, longest));
  const found = [...places, inBrackets].map((place) => place.exec(written)?.[1]);
  return found.find((sign) => sign !== undefined) ?? fullWidthEnd(line);
}

/** The full-width quote that is to end a text which begins with an ASCII one. */
export function fullWidthEnd(line: string): string | undefined {
  return /(?:""|''|[^"'])["'][^"']*([”’＂＇])/u.exec(withoutTexts(line.slice(0, longest)))?.[1];
}

/** The line with quoted texts emptied, and without its comment. A text that does not end stays. */
function withoutTexts(line: string): string {
  return line
    .replaceAll(/"(?:[^"\\]|\\.?)*(?:"|$)/gsu, emptied)
    .replaceAll(/'[^']*(?:'|$)/gu, emptied)
    .replace(/(?:^| )#.*$/su, '');
}

function emptied(text: string): string {
  const [quote = ''] = text;
  return text.length > 1 && text.endsWith(quote) ? quote + quote : text;
}

function signs(characters: string, en: string, zh: string): readonly [string, Bilingual][] {
  return Array.from(characters, (character) => [character, { en, zh }]);
}
