/** A piece of a regular expression in JavaScript's notation. */
export interface RegexToken {
  readonly kind: 'literal' | 'escape' | 'class' | 'open' | 'close' | 'or' | 'repeat' | 'other';
  /** As written. */
  readonly text: string;
}

/**
 * Every piece is found in time bounded by its own length, also when it never ends: names in braces
 * and brackets have at most 200 characters, and an open class reaches to the end.
 */
const pieces: readonly (readonly [RegexToken['kind'], RegExp])[] = [
  [
    'escape',
    /\\(?:[pPxu]\{[^}]{0,200}\}|p[a-z]|0[0-7]*|k<[^>]{0,200}>|u[\da-f]{4}|x[\da-f]{2}|c[a-z]|[1-9]\d*|.)/isuy,
  ],
  ['class', /\[\^?(?:\\.|\[:\^?[a-z]+:\]|[^\]\\])*(?:\]|\\?$)/suy],
  ['open', /\((?:\?(?:P?<(?![=!])[^>]{0,200}>|<[=!]|[:=!>]|[a-z-]{1,20}[:)]|))?/iuy],
  ['close', /\)/uy],
  ['or', /\|/uy],
  ['repeat', /(?:[*+?]|\{\d+(?:,\d*)?\})[?+]?/uy],
  ['other', /[\^$.]/uy],
  ['literal', /./suy],
];

/**
 * Splits a regular expression; joined, the pieces are the source again.
 * Whether it is a sound expression is for its compiler to say.
 */
export function regexTokens(source: string): readonly RegexToken[] {
  const tokens: RegexToken[] = [];
  let position = 0;
  while (position < source.length) {
    const token = tokenAt(source, position);
    tokens.push(token);
    position += token.text.length;
  }
  return tokens;
}

function tokenAt(source: string, position: number): RegexToken {
  for (const [kind, piece] of pieces) {
    piece.lastIndex = position;
    const text = piece.exec(source)?.[0];
    if (text !== undefined && text !== '') return { kind, text };
  }
  return { kind: 'literal', text: source.charAt(position) };
}
