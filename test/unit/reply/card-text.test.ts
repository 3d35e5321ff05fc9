import { expect, test } from 'vitest';
import { cardText } from '../../../src/reply/card-text.js';

test.each([
  [
    'a WeCom notice',
    {
      card_type: 'text_notice',
      main_title: { title: '周报', desc: '第 42 期' },
      sub_title_text: '已发布',
    },
    '周报\n第 42 期\n已发布',
  ],
  ['a plain card', { title: '周报', description: '第 42 期' }, '周报\n第 42 期'],
  ['a card with a title alone', { main_title: { title: '周报 📰' } }, '周报 📰'],
  ['a card of an unknown shape', { header: { template: 'red' } }, ''],
  ['a card whose fields are no texts', { title: 1, main_title: '周报', description: null }, ''],
])('%s becomes its title and description', (_what, card, text) => {
  expect(cardText({ type: 'card', card })).toBe(text);
});
