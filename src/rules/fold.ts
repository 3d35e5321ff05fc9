import type { Fold } from '../core/rule.js';
import { FoldedText } from './text/folded-text.js';
import { foldingOf } from './text/folding.js';

/**
 * The text as it is compared: without the differences that do not count.
 *
 * - `case`: full case folding, one code point at a time (Straße = STRASSE).
 * - `width`: full- and half-width forms are the ordinary ones (ＡＢＣ = ABC).
 * - `space`: every run of white space is one space, the ends are trimmed.
 * - `script`: traditional characters are the simplified ones, one by one (訂閱 = 订阅).
 * - `punctuation`: what ends or encloses a sentence is trimmed from the ends (`你好！` = `你好`).
 *
 * Characters without width never count, whatever is folded. Folding twice changes nothing more,
 * and never throws: lone surrogates stay as they are.
 */
export function fold(text: string, folds: readonly Fold[]): string {
  const folded = new FoldedText();
  folded.fold(text, foldingOf(folds));
  return folded.toString();
}
