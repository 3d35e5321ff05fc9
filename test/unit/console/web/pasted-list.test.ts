import { expect, test } from 'vitest';
import { pastedList } from '../../../../src/console/web/pages/rule-form/inputs/pasted-list.js';

test.each([
  ['订阅，退订、帮助；取消', ['订阅', '退订', '帮助', '取消']],
  ['a, b;c\td', ['a', 'b', 'c', 'd']],
  ['订阅\r\n\r\n 退订 \n', ['订阅', '退订']],
  ['hello world', ['hello world']],
  ['订阅，', ['订阅']],
  [' ，\n', []],
])('%j is the list %j', (text, list) => {
  expect(pastedList(text, false)).toEqual(list);
});

test('only lines and tabs divide patterns', () => {
  expect(pastedList('a{1,3};b\n订阅，退订\tc', true)).toEqual(['a{1,3};b', '订阅，退订', 'c']);
});
