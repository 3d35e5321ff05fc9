import { describe, expect, test } from 'vitest';
import type { MatchMode } from '../../../../src/core/rule.js';
import { compileRules } from '../../../../src/rules/compile-rules.js';
import { lintRules } from '../../../../src/rules/lint-rules.js';
import { type RuleParts, sampleRule } from '../../../support/sample-rule.js';

function warnings(parts: RuleParts) {
  return lintRules(compileRules([sampleRule(parts)]));
}

const kinds: readonly (readonly [match: MatchMode, keyword: string, en: RegExp, zh: RegExp])[] = [
  ['regex', '/订阅/', /only a text with these slashes/u, /不带斜杠的正则表达式/u],
  ['regex', '/订阅|退订/i', /only a text with these slashes/u, /不带斜杠的正则表达式/u],
  ['contains', '/订阅/', /match: regex/u, /match: regex/u],
  ['equals', '／订阅／', /match: regex/u, /match: regex/u],
  ['glob', '/订阅*/', /match: regex/u, /match: regex/u],
  ['contains', '订阅，退订', /with a ， in it/u, /含有 ， 的关键字/u],
  ['contains', '订阅、退订、帮助', /with a 、 in it/u, /含有 、 的关键字/u],
  ['equals', 'subscribe, unsubscribe', /with a , in it/u, /含有 , 的关键字/u],
  ['startsWith', '订阅；退订', /with a ； in it/u, /含有 ； 的关键字/u],
  ['endsWith', '订阅;退订', /with a ; in it/u, /含有 ; 的关键字/u],
  ['contains', '订阅|退订', /with a \| in it/u, /含有 \| 的关键字/u],
  ['contains', '订阅/退订', /with a \/ in it/u, /含有 \/ 的关键字/u],
  ['contains', '订阅\n退订', /with a line break in it/u, /含有换行的关键字/u],
  ['contains', '订阅\t退订', /with a tab in it/u, /含有制表符的关键字/u],
  ['contains', '订阅 退订', /with a space in it/u, /含有空格的关键字/u],
  ['contains', '订阅　退订', /with a space in it/u, /含有空格的关键字/u],
  ['contains', '“订阅”', /full-width quotes “ ”/u, /全角引号 “ ”/u],
  ['glob', '‘订阅*’', /full-width quotes ‘ ’/u, /全角引号 ‘ ’/u],
  ['contains', '订阅*', /match: glob/u, /match: glob/u],
  ['contains', '*订阅', /match: glob/u, /match: glob/u],
  ['contains', '订阅.*周报', /match: regex/u, /match: regex/u],
  ['startsWith', '^订阅', /match: regex/u, /match: regex/u],
  ['glob', '.*订阅', /match: regex/u, /match: regex/u],
  ['glob', '^订阅', /match: regex/u, /match: regex/u],
  ['regex', '订阅*', /repeats the character before it/u, /重复它前面的一个字符/u],
];

describe('a keyword that is hardly meant as it is read', () => {
  test.each(kinds)('with match %s: %s', (match, keyword, en, zh) => {
    const found = warnings({ match, keywords: ['你好', keyword] });
    expect(found.map(({ path }) => path)).toEqual([['rules', 0, 'keywords', 1]]);
    expect(found[0]?.text.en).toMatch(en);
    expect(found[0]?.text.zh).toMatch(zh);
    expect(found[0]?.text.en).toContain(`"${keyword}"`);
  });

  test('is not told of more than three times', () => {
    expect(warnings({ keywords: ['a,b', 'c,d', 'e,f', 'g,h'] })).toHaveLength(3);
  });

  test('is meant when an example holds it', () => {
    const example = { in: 'private', mention: false, expect: true } as const;
    const parts = { keywords: ['北京 天气', '你好，世界'] };
    expect(warnings(parts)).toHaveLength(2);
    const examples = [{ ...example, text: '请问北京  天气' }];
    expect(warnings({ ...parts, examples }).map(({ path }) => path.at(-1))).toEqual([1]);
  });
});

test.each<readonly [MatchMode, string]>([
  ['contains', 'hello world'],
  ['contains', '查询 iPhone'],
  ['contains', '1,000'],
  ['contains', '24/7'],
  ['contains', 'and/or'],
  ['contains', '/help'],
  ['contains', '//'],
  ['contains', '/home/you'],
  ['equals', '你好，请问现在可以订阅吗？'],
  ['equals', '今天的天气怎么样啊我想知道，谢谢'],
  ['contains', ':)'],
  ['contains', '^_^'],
  ['contains', '***'],
  ['contains', '*'],
  ['contains', '3*4'],
  ['contains', '*重要*'],
  ['contains', '；'],
  ['contains', '“”'],
  ['contains', 'v1.2'],
  ['regex', '订阅{1,3}'],
  ['regex', '订阅，退订'],
  ['regex', '订阅|退订'],
  ['regex', '\\/订阅\\/'],
  ['regex', 'colou?r'],
  ['regex', '^订阅.*'],
  ['glob', '*.pdf'],
  ['glob', 'report.*'],
  ['glob', '订阅 *'],
])('with match %s there is nothing to say of %s', (match, keyword) => {
  expect(warnings({ match, keywords: [keyword] })).toEqual([]);
});

test('what folding trims is no part of the keyword', () => {
  expect(warnings({ keywords: ['“订阅”'], fold: ['punctuation'] })).toEqual([]);
});

test('a rule that is switched off is left aside', () => {
  expect(warnings({ keywords: ['/订阅/'], enabled: false })).toEqual([]);
});
