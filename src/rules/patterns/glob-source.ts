/**
 * A glob over a whole text as a regular expression: `*` is any text, line breaks included, `?` any
 * one character, `[abc]`, `[a-z]` and `[!a]` one of (or none of) the listed; `\` takes the special
 * sense from the character after it. Absent when a `[` is never closed, or its range runs backwards.
 */
export function globSource(glob: string): string | undefined {
  let source = '^';
  let position = 0;
  while (position < glob.length) {
    const piece = pieceAt(glob, position);
    if (piece === undefined) return undefined;
    source += piece.source;
    position += piece.length;
  }
  return `${source}$`;
}

interface Piece {
  readonly source: string;
  /** How much of the glob it takes, in code units. */
  readonly length: number;
}

function pieceAt(glob: string, position: number): Piece | undefined {
  const character = String.fromCodePoint(glob.codePointAt(position) ?? 0);
  if (character === '*') return { source: '[^]*', length: runLength(glob, position) };
  if (character === '?') return { source: '[^]', length: 1 };
  if (character === '[') return classAt(glob, position);
  if (character === '\\' && position + 1 < glob.length) {
    const escaped = String.fromCodePoint(glob.codePointAt(position + 1) ?? 0);
    return { source: quote(escaped), length: 1 + escaped.length };
  }
  return { source: quote(character), length: character.length };
}

/** Many stars in a row are one, so that they cost no more. */
function runLength(glob: string, position: number): number {
  let end = position;
  while (glob[end] === '*') end += 1;
  return end - position;
}

/** `]` right behind the bracket stands for itself. */
const bracket = /\[([!^]?)(\]?(?:\\.|[^\]\\])*)\]/suy;

function classAt(glob: string, position: number): Piece | undefined {
  bracket.lastIndex = position;
  const found = bracket.exec(glob);
  if (found === null) return undefined;
  const [text, negation, body = ''] = found;
  if (body === '') return undefined;
  const members = Array.from(body.matchAll(/\\?(.)(?:-\\?(.))?/gsu));
  const backwards = members.some(
    ([, from, to]) => to !== undefined && (from?.codePointAt(0) ?? 0) > (to.codePointAt(0) ?? 0),
  );
  if (backwards) return undefined;
  const parts = members.map(([, from = '', to]) =>
    to === undefined ? quote(from) : `${quote(from)}-${quote(to)}`,
  );
  return { source: `[${negation === '' ? '' : '^'}${parts.join('')}]`, length: text.length };
}

function quote(character: string): string {
  return /[\\^$.*+?()[\]{}|/-]/u.test(character) ? `\\${character}` : character;
}
