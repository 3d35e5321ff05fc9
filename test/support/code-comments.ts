import type { CodeBlock } from './markdown-file.js';

/** What begins a comment, by the language of a block. JSON and plain texts have none. */
const marks: ReadonlyMap<string, string> = new Map([
  ...['sh', 'yaml', 'conf', 'nginx'].map((language) => [language, '#'] as const),
  ...['js', 'ts'].map((language) => [language, '//'] as const),
]);

/** The comments of a block, in order, without what begins them. */
export function commentsOf(block: CodeBlock): readonly string[] {
  const { text } = block;
  return [...text.matchAll(pattern(block))].map(([, comment = '']) => comment.trim());
}

/** The text of a block with `…` in the place of each comment, one space behind what it follows. */
export function withoutComments(block: CodeBlock): string {
  const mark = marks.get(block.language) ?? '';
  return block.text.replaceAll(pattern(block), (whole) =>
    /^\s/u.test(whole) ? ` ${mark} …` : `${mark} …`,
  );
}

// A mark counts at the beginning of a line and behind white space: neither `http://` nor `a#b` is a comment.
function pattern({ language }: CodeBlock): RegExp {
  const mark = marks.get(language);
  return mark === undefined ? /(?!)/gu : new RegExp(`(?:^|[ \\t]+)${mark}([^\\n]*)`, 'gmu');
}
