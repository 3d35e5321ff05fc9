import type { Fold } from '../../core/rule.js';
import {
  isZeroWidth,
  sentenceMarks,
  whiteSpace,
  zeroWidthRanges,
} from '../../core/text/characters.js';
import { simplifiedForms } from './simplified.js';

const names: readonly Fold[] = ['case', 'width', 'space', 'script', 'punctuation'];

/** Ranges of the first 65,536 code points in which some letter has another case. */
const cased: readonly (readonly [number, number])[] = [
  [0x0041, 0x2e7f],
  [0xa640, 0xabff],
  [0xfb00, 0xfb17],
  [0xff21, 0xff5a],
];

/** A set of folds, ready to be applied. */
export interface Folding {
  /** Equal for equal sets of folds. */
  readonly id: number;
  /**
   * What each code unit folds to; 0 where that is not exactly one code unit (surrogates,
   * characters without width, characters that grow): ask `foldCodePoint`.
   */
  readonly units: Uint16Array;
  /** Runs of white space are one, the ends are trimmed. */
  readonly collapsesSpace: boolean;
  /** The code units trimmed from the ends. */
  readonly endMarks: ReadonlySet<number>;
  /** What one code point folds to, possibly nothing. */
  foldCodePoint(codePoint: number): string;
}

const cache = new Map<number, Folding>();

/** The folding for a set of folds. Its tables are built when first asked for, then kept. */
export function foldingOf(folds: readonly Fold[]): Folding {
  let id = 0;
  for (const fold of folds) id |= 1 << names.indexOf(fold);
  const known = cache.get(id);
  if (known !== undefined) return known;
  const has = (fold: Fold) => (id & (1 << names.indexOf(fold))) !== 0;
  const foldCodePoint = codePointFolder(has);
  const folding: Folding = {
    id,
    units: buildUnits(foldCodePoint, has),
    collapsesSpace: has('space'),
    endMarks: new Set(has('punctuation') ? unitsOf(sentenceMarks) : []),
    foldCodePoint,
  };
  cache.set(id, folding);
  return folding;
}

function codePointFolder(has: (fold: Fold) => boolean): Folding['foldCodePoint'] {
  const spaces = new Set(unitsOf(whiteSpace));
  const simplified: ReadonlyMap<number, number> = has('script') ? simplifiedForms() : new Map();
  const [width, letters, space] = [has('width'), has('case'), has('space')];
  return (codePoint) => {
    if (isZeroWidth(codePoint)) return '';
    if (space && spaces.has(codePoint)) return ' ';
    let text = String.fromCodePoint(simplified.get(codePoint) ?? codePoint);
    if (width) text = narrow(text, codePoint);
    return letters ? foldCase(text) : text;
  };
}

function buildUnits(fold: Folding['foldCodePoint'], has: (fold: Fold) => boolean): Uint16Array {
  const units = Uint16Array.from({ length: 0x1_0000 }, (_, unit) => unit);
  units.fill(0, 0xd800, 0xe000);
  const apply = (unit: number) => {
    const folded = fold(unit);
    units[unit] = folded.length === 1 ? folded.charCodeAt(0) : 0;
  };
  const applyAll = (ranges: readonly (readonly [number, number])[]) => {
    for (const [first, last] of ranges) {
      for (let unit = first; unit <= Math.min(last, 0xffff); unit += 1) apply(unit);
    }
  };
  applyAll(zeroWidthRanges);
  for (const unit of unitsOf(whiteSpace)) apply(unit);
  if (has('case')) applyAll(cased);
  if (has('width')) applyAll([[0xff00, 0xffef]]);
  if (has('script')) for (const from of simplifiedForms().keys()) if (from < 0x1_0000) apply(from);
  return units;
}

/**
 * Case folding by way of both cases, so that ß, ẞ and SS are one, and ς and σ.
 * One code point at a time: `toLowerCase` of a whole text looks at neighbours.
 */
function foldCase(text: string): string {
  return text.toLowerCase().toUpperCase().replaceAll('Σ', 'σ').toLowerCase();
}

function narrow(text: string, codePoint: number): string {
  if (codePoint === 0x3000) return ' ';
  // NFKC would make a space and a combining mark of the wide macron.
  if (codePoint === 0xffe3) return '\u00af';
  return codePoint >= 0xff00 && codePoint <= 0xffef ? text.normalize('NFKC') : text;
}

function unitsOf(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}
