import type { Bilingual } from '../../core/language.js';
import { regexTokens } from './regex-tokens.js';

const constructs: readonly (readonly [RegExp, Bilingual])[] = [
  [/^\(\?[=!]$/u, { en: 'look-ahead', zh: '前瞻断言' }],
  [/^\(\?<[=!]$/u, { en: 'look-behind', zh: '后顾断言' }],
  [/^\\(?:[1-9]|k)/u, { en: 'a back-reference', zh: '反向引用' }],
  [/^\(\?>$/u, { en: 'an atomic group', zh: '原子组' }],
];

/**
 * The construct in a regular expression that cannot be run in linear time, and how it is written
 * there; absent when none is known.
 */
export function unsupportedConstruct(
  source: string,
): { readonly name: Bilingual; readonly text: string } | undefined {
  for (const { kind, text } of regexTokens(source)) {
    if (kind !== 'open' && kind !== 'escape') continue;
    const found = constructs.find(([form]) => form.test(text));
    if (found !== undefined) return { name: found[1], text };
  }
  return undefined;
}
