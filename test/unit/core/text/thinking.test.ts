import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitThinking, withoutHalfTag, withThinking } from '../../../../src/core/text/thinking.js';

describe('the thinking of a model', () => {
  test.each([
    ['<think>a</think>b', 'a', 'b'],
    ['<think>\na\n</think>\n\nb', 'a', 'b'],
    ['  <thinking>a</thinking> b', 'a', 'b'],
    ['<THOUGHT>a</thought>b', 'a', 'b'],
    ['<think></think>b', '', 'b'],
    ['<think>a', 'a', ''],
    ['<think>a</think>', 'a', ''],
    ['one\n<think>a</think>\ntwo', 'a', 'one\ntwo'],
    ['<think>a</think>b\n<think>c</think>d', 'a\nc', 'b\nd'],
    ['<think>a <think> b</think>c', 'a <think> b', 'c'],
  ])('%j is parted', (text, thinking, words) => {
    expect(splitThinking(text)).toEqual({ thinking, words });
  });

  test.each(['the tag <think> is for models', '<thinker>', '', '< think>a</think>'])(
    '%j has none',
    (text) => {
      expect(splitThinking(text)).toEqual({ words: text });
    },
  );

  test('is put together again, open while there are no words', () => {
    expect(withThinking({ words: 'b' })).toBe('b');
    expect(withThinking({ thinking: 'a', words: 'b' })).toBe('<think>a</think>b');
    expect(withThinking({ thinking: 'a', words: '' })).toBe('<think>a');
  });

  test.each([
    ['<thi', ''],
    ['<', ''],
    ['a\n<think', 'a'],
    ['a < b', 'a < b'],
    ['a <b', 'a <b'],
  ])('half a tag at the end of %j is held back', (text, shown) => {
    expect(withoutHalfTag(text)).toBe(shown);
  });

  test('parting what was put together gives the same', () => {
    const plain = fc.stringMatching(/^[a-z \u4e00-\u4e10]{1,9}$/u).map((text) => text.trim());
    const parts = fc.record({ thinking: plain, words: plain });
    fc.assert(
      fc.property(parts, ({ thinking, words }) => {
        fc.pre(thinking !== '' && words !== '');
        const parted = splitThinking(withThinking({ thinking, words }));
        expect(parted).toEqual({ thinking, words });
      }),
    );
  });
});
