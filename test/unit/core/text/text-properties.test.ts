import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { findMentions } from '../../../../src/core/text/mention/find-mentions.js';
import { readMentions } from '../../../../src/core/text/mention/read-mentions.js';
import { removeMentions } from '../../../../src/core/text/mention/remove-mentions.js';
import { partQuotation } from '../../../../src/core/text/quotation/part-quotation.js';

const line = '- - - - - - - - - - - - - - -';
const names = ['小助手', 'bot', '小 助手', '@客服', '😀', 'a.b(c)*'];
/** Texts made of what matters in them, and of anything. */
const piece = fc.oneof(
  fc.constantFrom(
    '「',
    '」',
    `\n${line}\n`,
    '\n------\n',
    '"',
    '“',
    '”',
    '：',
    '\n',
    ' ',
    '\u2005',
  ),
  fc.constantFrom('@', '＠', ',', '，', '.', '/', 'x', '二', '\uD83D', '<br/>', '<refermsg>'),
  fc.constantFrom(...names, ...names.map((name) => `@${name}`)),
  fc.string({ unit: 'binary', maxLength: 8 }),
);
const anyText = fc.array(piece, { maxLength: 24 }).map((pieces) => pieces.join(''));
const withoutLine = fc
  .array(piece, { maxLength: 12 })
  .map((pieces) => pieces.join(''))
  .filter((text) => !/[-<]/u.test(text));
/** A line break behind the name belongs to the way of writing. */
const quotable = withoutLine.filter((text) => !/^\s/u.test(text));
const ids = fc.constantFrom([], ['me'], ['me', 'o'], ['@all'], ['o']);

function mentionsIn(words: string, told: readonly string[]) {
  const others = told.includes('o') ? [{ id: 'o', names: ['二'] }] : [];
  return readMentions({ words, ids: told, me: { id: 'me', names }, others });
}

test('parting loses no character: the words are the end of the text, and the quotation stands before', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const { words, quoted } = partQuotation(text);
      expect(text.endsWith(words)).toBe(true);
      const before = text.slice(0, text.length - words.length);
      expect(quoted === undefined).toBe(before === '');
      expect(before).toContain(quoted?.text ?? '');
      expect(before).toContain(quoted?.name ?? '');
    }),
  );
});

test('what was joined is parted again', () => {
  fc.assert(
    fc.property(quotable, withoutLine, (quoted, words) => {
      const text = `「张三：${quoted}」\n${line}\n${words}`;
      expect(partQuotation(text)).toEqual({ words, quoted: { name: '张三', text: quoted } });
    }),
  );
});

test('a quotation within a quotation stays in it', () => {
  const balanced = withoutLine
    .map((text) => text.replaceAll(/[「」]/gu, ''))
    .filter((text) => !/^\s/u.test(text));
  fc.assert(
    fc.property(balanced, balanced, balanced, (first, second, words) => {
      const inner = `「李四：${first}」\n${line}\n${second}`;
      const text = `「张三：${inner}」\n${line}\n${words}`;
      expect(partQuotation(text)).toEqual({ words, quoted: { name: '张三', text: inner } });
    }),
  );
});

test('mentions begin with a sign, do not overlap, and stand in order', () => {
  fc.assert(
    fc.property(anyText, ids, (words, told) => {
      const { mentions } = mentionsIn(words, told);
      let behind = 0;
      for (const { start, end } of mentions) {
        expect(words.slice(start, start + 1)).toMatch(/^[@＠]$/u);
        expect(start).toBeGreaterThanOrEqual(behind);
        expect(end).toBeGreaterThan(start + 1);
        behind = end;
      }
      expect(behind).toBeLessThanOrEqual(words.length);
    }),
  );
});

/** Without what may go with a mention. */
function kept(text: string): string {
  return text.replaceAll(/[\s\u0085,，、:：;；~～！]/gu, '');
}

test('nothing of the words is removed but mentions, marks behind them and white space', () => {
  fc.assert(
    fc.property(anyText, ids, (words, told) => {
      const { mentions } = mentionsIn(words, told);
      let rest = '';
      let position = 0;
      for (const { start, end } of mentions) {
        rest += words.slice(position, start);
        position = end;
      }
      rest += words.slice(position);
      expect(kept(removeMentions(words, mentions))).toBe(kept(rest));
      expect(removeMentions(words, [])).toBe(words);
    }),
  );
});

test('a name with white space around is found wherever it is put', () => {
  const calm = withoutLine.filter(
    (text) => !/[@＠]/u.test(text) && !names.some((name) => text.includes(name)),
  );
  fc.assert(
    fc.property(calm, fc.constantFrom(...names), calm, (before, name, behind) => {
      const words = `${before} @${name} ${behind}`;
      const found = findMentions(words, [{ names: [name], isTold: false }]);
      const start = before.length + 1;
      expect(found).toMatchObject([{ start, end: start + 1 + name.length }]);
    }),
  );
});

test('everybody is never the bot', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const { me } = readMentions({ words: text, ids: ['@all'], me: { id: 'me', names } });
      expect(me).toBe(false);
    }),
  );
});
