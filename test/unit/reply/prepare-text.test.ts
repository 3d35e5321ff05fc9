import { expect, test } from 'vitest';
import { prepareText } from '../../../src/reply/prepare-text.js';

const limit = { unit: 'characters', max: 40 } as const;

test('a short text is one part', () => {
  expect(prepareText('好的', {}, limit)).toEqual([{ type: 'text', text: '好的' }]);
});

test('a mention belongs to the first part alone, which leaves room for it', () => {
  const parts = prepareText('周报'.repeat(30), { mention: 'Alice' }, limit);
  expect(parts).toEqual([
    { type: 'text', text: '周报'.repeat(16) + '周', mention: true },
    { type: 'text', text: '报' + '周报'.repeat(13) },
  ]);
});

test('room for a mention is counted in bytes where the platform counts bytes', () => {
  const [first] = prepareText('周报'.repeat(30), { mention: '爱丽丝' }, { unit: 'bytes', max: 60 });
  expect(Buffer.byteLength(`@爱丽丝 ${first?.text ?? ''}`)).toBeLessThanOrEqual(60);
});

test('a quotation stands in the first part alone', () => {
  const parts = prepareText('周报'.repeat(30), { quote: '「订阅」\n- - -\n' }, limit);
  expect(parts.map((part) => part.text.startsWith('「订阅」\n- - -\n周报'))).toEqual([true, false]);
});

test('a name that would take half of a part is not mentioned', () => {
  const parts = prepareText('好的', { mention: 'A'.repeat(19) }, limit);
  expect(parts).toEqual([{ type: 'text', text: '好的' }]);
});

test('a quotation that would take half of a part is left out', () => {
  const parts = prepareText('好的', { quote: `「${'问'.repeat(19)}」\n` }, limit);
  expect(parts).toEqual([{ type: 'text', text: '好的' }]);
});

test('a quotation that fits only without the mention gives way to it', () => {
  const lead = { mention: 'A'.repeat(10), quote: `「${'问'.repeat(10)}」\n` };
  expect(prepareText('好的', lead, limit)).toEqual([{ type: 'text', text: '好的', mention: true }]);
});
