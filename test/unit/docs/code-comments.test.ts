import { describe, expect, test } from 'vitest';
import { commentsOf, withoutComments } from '../../support/code-comments.js';

const cases = [
  ['sh', 'npm start     # 启动\n# 注释\n', ['启动', '注释'], 'npm start # …\n# …\n'],
  ['yaml', "a: 'x#y' # why\n", ['why'], "a: 'x#y' # …\n"],
  ['nginx', 'listen 80; # why\n', ['why'], 'listen 80; # …\n'],
  ['ts', "get('http://a/b'); // why\n", ['why'], "get('http://a/b'); // …\n"],
  ['js', '  // 一\n  // 二\n', ['一', '二'], ' // …\n // …\n'],
  ['json', '{ "a": "x // y # z" }\n', [], '{ "a": "x // y # z" }\n'],
  ['text', 'a # b // c\n', [], 'a # b // c\n'],
] as const;

describe.each(cases)('in %s, %j', (language, text, comments, rest) => {
  test('comments are told from the rest', () => {
    expect(commentsOf({ language, text })).toEqual(comments);
    expect(withoutComments({ language, text })).toBe(rest);
  });
});
