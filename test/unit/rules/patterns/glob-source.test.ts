import { describe, expect, test } from 'vitest';
import { compilePattern } from '../../../../src/rules/patterns/compile-pattern.js';
import { globSource } from '../../../../src/rules/patterns/glob-source.js';

function matches(glob: string, text: string): boolean {
  const compiled = compilePattern(globSource(glob) ?? '', { ignoreCase: true, unsafe: false });
  return compiled.kind === 'pattern' && compiled.pattern.test(text);
}

describe('globSource', () => {
  test.each([
    ['订阅*', '订阅 周报'],
    ['*周报', '订阅\n周报'],
    ['?', '😀'],
    ['?', '\ud83d'],
    ['a**b', 'ab'],
    ['[ab]c', 'Bc'],
    ['[a-c]', 'b'],
    ['[!a-c]', 'd'],
    ['[^a-c]', '订'],
    ['[]]', ']'],
    ['[a-]', '-'],
    ['[订退]阅', '退阅'],
    ['\\*', '*'],
    ['a\\', 'a\\'],
    ['a.b(c)$', 'a.b(c)$'],
    ['[[]', '['],
    ['[\\]]', ']'],
  ])('%s matches %j', (glob, text) => {
    expect(matches(glob, text)).toBe(true);
  });

  test.each([
    ['订阅', '订阅 周报'],
    ['订阅', '我要订阅'],
    ['?', ''],
    ['?', 'ab'],
    ['[a-c]', 'd'],
    ['[!a-c]', 'B'],
    ['\\*', 'a'],
    ['a.b', 'axb'],
  ])('%s does not match %j', (glob, text) => {
    expect(matches(glob, text)).toBe(false);
  });

  test.each(['[a', '[]', '[!]', '[z-a]'])('%s is no glob', (glob) => {
    expect(globSource(glob)).toBeUndefined();
  });
});
