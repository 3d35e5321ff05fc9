import { expect, test } from 'vitest';
import { isCallbackError } from '../../../src/core/errors.js';
import { languageOf } from '../../../src/core/language.js';
import { formatProblem, ProblemsError } from '../../../src/core/problem.js';

const problem = {
  text: { en: 'expected a string', zh: '应为字符串' },
  path: ['rules', 2, 'keywords', 0],
  rule: '订阅',
  file: '.wechatyrc',
  line: 7,
};

test('a problem is one line that says where, in both languages', () => {
  expect(formatProblem(problem, 'en')).toBe(
    '.wechatyrc:7: rule "订阅": rules[2].keywords[0]: expected a string',
  );
  expect(formatProblem(problem, 'zh')).toBe(
    '.wechatyrc:7: 规则 "订阅": rules[2].keywords[0]: 应为字符串',
  );
});

test('what is not known of the place is left out', () => {
  expect(formatProblem({ text: problem.text, path: [] }, 'en')).toBe('expected a string');
});

test('an error holds all problems at once', () => {
  const error = new ProblemsError([problem, { text: { en: 'b', zh: '乙' }, path: ['maxAge'] }]);
  expect(error.message.split('\n')).toHaveLength(2);
  expect(error.in('zh')).toContain('maxAge: 乙');
  expect(isCallbackError(error)).toBe(true);
  expect(isCallbackError(new Error('other'))).toBe(false);
});

test.each([
  ['zh_CN.UTF-8', 'zh'],
  ['zh', 'zh'],
  ['en_US.UTF-8', 'en'],
  ['C', 'en'],
  [undefined, 'en'],
])('the locale %s is read as %s', (locale, language) => {
  expect(languageOf(locale)).toBe(language);
});
