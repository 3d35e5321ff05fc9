import { RE2JS } from 're2js';
import { regexTokens } from './regex-tokens.js';

/** A regular expression in RE2's notation. */
export interface LinearSource {
  readonly source: string;
  /** The names of the groups by the names they have in `source`, where only ASCII is allowed. */
  readonly groups: ReadonlyMap<string, string>;
}

/** White space as JavaScript's `\s` has it; RE2's own knows ASCII only. */
const space =
  '\\t-\\r \\x{A0}\\x{1680}\\x{2000}-\\x{200A}\\x{2028}\\x{2029}\\x{202F}\\x{205F}\\x{3000}\\x{FEFF}';
const notSpace =
  '\\x{0}-\\x{8}\\x{E}-\\x{1F}!-\\x{9F}\\x{A1}-\\x{167F}\\x{1681}-\\x{1FFF}\\x{200B}-\\x{2027}' +
  '\\x{202A}-\\x{202E}\\x{2030}-\\x{205E}\\x{2060}-\\x{2FFF}\\x{3001}-\\x{FEFE}\\x{FF00}-\\x{10FFFF}';

/** Rewrites a regular expression from JavaScript's notation to RE2's. */
export function linearSource(source: string): LinearSource {
  const groups = new Map<string, string>();
  const parts = regexTokens(source).map(({ kind, text }) => {
    if (kind === 'escape') return rewriteEscape(text);
    if (kind === 'class') return `[${text.slice(1).replaceAll(classPiece, insideClass)}`;
    const name = kind === 'open' ? /^\(\?P?<([^>]+)>$/u.exec(text)?.[1] : undefined;
    if (name === undefined) return text;
    const plain = `g${groups.size}`;
    groups.set(plain, name);
    return `(?P<${plain}>`;
  });
  return { source: RE2JS.translateRegExp(parts.join('')), groups };
}

function rewriteEscape(escape: string): string {
  if (escape === '\\s') return `[${space}]`;
  if (escape === '\\S') return `[^${space}]`;
  return escape.replace(/^\\p\{(?:Script|sc|Script_Extensions|scx|General_Category|gc)=/u, '\\p{');
}

const classPiece = /\\.|\[:\^?[a-z]+:\]|\[/gsu;

function insideClass(piece: string): string {
  if (piece === '\\s') return space;
  if (piece === '\\S') return notSpace;
  // RE2 looks for the end of a named class behind every bracket that may begin one.
  return piece === '[' ? '\\[' : piece;
}
