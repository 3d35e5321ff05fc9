import { describe, expect, test } from 'vitest';
import { compilePattern } from '../../../../src/rules/patterns/compile-pattern.js';
import type { Pattern } from '../../../../src/rules/patterns/pattern.js';
import { timed } from '../../../support/timed.js';

const linear = { ignoreCase: false, unsafe: false };
const native = { ignoreCase: false, unsafe: true };

function pattern(source: string, options = linear): Pattern {
  const compiled = compilePattern(source, options);
  if (compiled.kind === 'problem') throw new Error(compiled.text.en);
  return compiled.pattern;
}

function problemOf(source: string, options = linear): string {
  const compiled = compilePattern(source, options);
  return compiled.kind === 'problem' ? `${compiled.text.en}\n${compiled.text.zh}` : '';
}

describe.each([
  ['a linear pattern', linear],
  ['a native pattern', native],
])('%s', (_title, options) => {
  test('gives its named groups with their original characters', () => {
    const found = pattern('订阅\\s+(?<主题>.+)', options).find('我订阅　Ｗeekly 😀');
    expect(found).toEqual({ start: 1, end: 13, groups: { 主题: 'Ｗeekly 😀' } });
  });

  test('leaves out a group that took no part', () => {
    expect(pattern('a(?<one>x)?(?<two>b)', options).find('ab')?.groups).toEqual({ two: 'b' });
  });

  test('keeps a group named __proto__ as a plain entry', () => {
    const groups = pattern('(?<__proto__>a)', options).find('a')?.groups ?? {};
    expect(Object.entries(groups)).toEqual([['__proto__', 'a']]);
  });

  test.each([
    ['\\s', '\u3000'],
    ['[\\s,]', '\u2005'],
    ['^\\S$', '订'],
    ['^[\\S]$', '订'],
    ['^[\\u4e00-\\u9fff]+$', '订阅'],
    ['\\p{Script=Han}', '订'],
    ['[^]', '\n'],
    ['a.b', 'a\ud83db'],
    ['^.$', '😀'],
    ['\\/', '/'],
  ])('%s matches %j', (source, text) => {
    expect(pattern(source, options).test(text)).toBe(true);
  });

  test.each([
    ['\\S', '\u3000'],
    ['[\\S]', '\u2005'],
    ['.', '\n'],
  ])('%s does not match %j', (source, text) => {
    expect(pattern(source, options).test(text)).toBe(false);
  });

  test('ignores case when asked to', () => {
    expect(pattern('ABC', { ...options, ignoreCase: true }).test('abc')).toBe(true);
    expect(pattern('ABC', options).test('abc')).toBe(false);
  });
});

describe('compilePattern', () => {
  test.each([
    ['a(?=b)', 'look-ahead `(?=`', '前瞻断言'],
    ['a(?!b)', 'look-ahead `(?!`', '前瞻断言'],
    ['(?<=a)b', 'look-behind `(?<=`', '后顾断言'],
    ['(?<!a)b', 'look-behind `(?<!`', '后顾断言'],
    ['(a)\\1', 'a back-reference `\\1`', '反向引用'],
    ['(?<x>a)\\k<x>', 'a back-reference `\\k<x>`', '反向引用'],
    ['a{2000}', 'invalid repeat count', 'invalid repeat count'],
  ])('names what of %s is not supported, and the way out', (source, english, chinese) => {
    const problem = problemOf(source);
    expect(problem).toContain(english);
    expect(problem).toContain(chinese);
    expect(problem.match(/unsafeRegex: true/gu)).toHaveLength(2);
  });

  test.each(['(', '[a', '*a', 'a)'])('says that %s is no regular expression', (source) => {
    expect(problemOf(source)).toContain('not a regular expression');
    expect(problemOf(source)).not.toContain('unsafeRegex');
  });

  test('says that a broken native expression is none', () => {
    expect(problemOf('(', native)).toContain('not a regular expression');
  });

  test('lets the native engine look around and refer back', () => {
    expect(pattern('(?<!x)(a)\\1', native).test('aa')).toBe(true);
  });

  test('takes native expressions that were written without the u flag', () => {
    expect(pattern('\\-', native).test('-')).toBe(true);
  });

  test('runs an expression that would backtrack for ever in linear time', timed, () => {
    const start = performance.now();
    expect(pattern('^(a+)+$').test(`${'a'.repeat(20_000)}!`)).toBe(false);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
