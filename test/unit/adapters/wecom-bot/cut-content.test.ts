import { array, assert, constantFrom, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import {
  closed,
  cutContent,
  restOf,
} from '../../../../src/adapters/wecom-bot/answer/cut-content.js';

const piece = constantFrom(
  '你好',
  '🌏',
  'a',
  ' ',
  '\n',
  '<think>',
  '</think>',
  '\n```\n',
  '。',
  '👩‍👩‍👧',
);
const long = array(piece, { minLength: 1, maxLength: 400 }).map((pieces) => pieces.join(''));

test('what is cut fits, is whole, and begins as the text does', () => {
  assert(
    property(long, integer({ min: 120, max: 600 }), (text, max) => {
      const { content, length } = cutContent(text, max, '（未完）');
      expect(Buffer.byteLength(content)).toBeLessThanOrEqual(max);
      expect(content).not.toMatch(/\p{Surrogate}/u);
      expect(content.startsWith(text.slice(0, length))).toBe(true);
      expect(closed(content)).toBe(content);
      expect(length).toBeGreaterThan(0);
    }),
  );
});

test('head and rest together are the text', () => {
  assert(
    property(array(constantFrom('你好', '🌏', 'b ', '\n')), (pieces) => {
      const text = pieces.join('');
      const { length } = cutContent(text, 100, '');
      expect(text.slice(0, length) + restOf(text, length)).toBe(text);
    }),
  );
});

test('a thought is closed at the end, and is not gone on with behind it', () => {
  const text = `<think>${'想'.repeat(100)}</think>答案`;
  const { content, length } = cutContent(text, 150, '…');
  expect(content).toMatch(/^<think>想+<\/think>…$/u);
  expect(restOf(text, length)).toBe('答案');
});

test('a block of code is closed, and begins again behind the cut', () => {
  const text = `\`\`\`js\n${'let a;\n'.repeat(30)}\`\`\`\n完`;
  const { content, length } = cutContent(text, 150, '…');
  expect(content).toMatch(/\n```…$/u);
  expect(restOf(text, length)).toMatch(/^```\n[\s\S]*```\n完$/u);
});

test('there is room for what has to be closed', () => {
  for (const begin of ['```\n', '<think>', '```\n<think>']) {
    const { content } = cutContent(begin + '甲'.repeat(500), 101, '…');
    expect(Buffer.byteLength(content)).toBeLessThanOrEqual(101);
    expect(content).toMatch(/甲(?:<\/think>)?(?:\n```)?…$/u);
  }
});
