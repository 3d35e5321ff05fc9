import { describe, expect, test } from 'vitest';
import { regexesIn, sourcesBelow } from '../../support/regex-literals.js';
import { slownessOf } from '../../support/regex-speed.js';

/** Where an expression is put together, with one that it may make of it, and why that is enough. */
const assembled: Readonly<Record<string, { readonly example: string; readonly why: string }>> = {
  'src/config/as-written.ts': {
    example: 'secret|(?<![\\p{L}\\p{N}])q7(?![\\p{L}\\p{N}])',
    why: 'the values of the environment, escaped',
  },
  'src/config/schema/trigger.ts': {
    example: '^(openim|wecom):\\S+$',
    why: 'the names of our own adapters',
  },
  'src/rules/patterns/compile-pattern.ts': {
    example: 'a',
    why: 'of a rule with `unsafeRegex: true`, which takes the time that its author lets it take',
  },
};

const regexes = sourcesBelow('src').map(([file, text]) => regexesIn(file, text));

test('every regular expression of the product takes linear time', () => {
  const found = regexes.flatMap((one) => one.found);
  expect(found.length).toBeGreaterThan(300);
  const judged = new Map<string, string | undefined>();
  const slow = found.flatMap(({ where, source, flags }) => {
    const written = `/${source}/${flags}`;
    if (!judged.has(written)) judged.set(written, slownessOf(source, flags));
    const slowness = judged.get(written);
    return slowness === undefined ? [] : [`${where} ${written} ${slowness}`];
  });
  expect(slow).toEqual([]);
});

test('an expression that is put together is known, and takes linear time', () => {
  const files = regexes.flatMap(({ dynamic }) =>
    dynamic.map((where) => where.replace(/:\d+$/u, '')),
  );
  expect([...new Set(files)].toSorted()).toEqual(Object.keys(assembled).toSorted());
  const slow = Object.entries(assembled).flatMap(([file, { example }]) => {
    const slowness = slownessOf(example, 'u');
    return slowness === undefined ? [] : [`${file} ${slowness}`];
  });
  expect(slow).toEqual([]);
});

describe('the detector', () => {
  test('tells file and line of an expression, whatever it is written as', () => {
    const text =
      'const a = 1;\nconst b = /x+$/u;\nnew RegExp("y+$", "gi");\nRegExp(`z`);\nRegExp(a);';
    expect(regexesIn('a.ts', text)).toEqual({
      found: [
        { where: 'a.ts:2', source: 'x+$', flags: 'u' },
        { where: 'a.ts:3', source: 'y+$', flags: 'gi' },
        { where: 'a.ts:4', source: 'z', flags: '' },
      ],
      dynamic: ['a.ts:5'],
    });
  });

  test.each([
    ['"[^"\\\\]*(?:\\\\.[^"\\\\]*)*"', 'gsu'],
    ['\\/+$', 'u'],
    ['(postgres(?:ql)?:\\/\\/).*@', 'giu'],
    ['<think>[\\s\\S]*?<\\/think>', 'gu'],
    ['\\p{L}+$', 'v'],
  ])('calls /%s/%s polynomial', (source, flags) => {
    expect(slownessOf(source, flags)).toBe('polynomial, degree 2');
  });

  test('calls an expression exponential, and one that it cannot read unreadable', () => {
    expect(slownessOf('^(?:a|a)*$', 'u')).toBe('exponential');
    expect(slownessOf('[\\p{L}--[a-z]]+$', 'v')).toContain('the flag v');
  });
});
