import { describe, expect, test } from 'vitest';
import { requiredTexts } from '../../../../src/rules/patterns/required-texts.js';

describe('requiredTexts', () => {
  test.each<[string, string[]]>([
    ['订阅', ['订阅']],
    ['^订阅\\s+(?<topic>.+)$', ['订阅']],
    ['(订阅|退订)\\s*.+', ['订阅', '退订']],
    ['订阅|取消', ['订阅', '取消']],
    ['a.*订阅', ['订阅']],
    ['ab?cd', ['cd']],
    ['ab+cd', ['ab']],
    ['a(?:bc){2,}d', ['bc']],
    ['C\\+\\+', ['C++']],
    ['订阅{0,2}报', ['订']],
    ['(?=xyz)订', ['订']],
    ['(?<!xyz)订', ['订']],
    ['[[:alpha:]]+订', ['订']],
    ['\\pL订', ['订']],
    ['\\012订', ['订']],
    ['\\k<name>订', ['订']],
    ['\\u{1F600}订', ['订']],
    ['😀', ['😀']],
  ])('of %s are %j', (source, expected) => {
    expect(requiredTexts(source)).toEqual(expected);
  });

  test.each([
    '.*',
    '\\d+',
    '[ab]',
    'a?',
    '(?:订阅)?',
    '(订阅)*',
    '订阅|.+',
    '(订阅|)',
    '(?i)abc',
    '(?i:abc)',
    '\\Qa*b\\E',
    '(?!订阅)',
    '\ud83d',
    '',
  ])('of %j cannot be told', (source) => {
    expect(requiredTexts(source)).toBeUndefined();
  });
});
