import { describe, expect, test } from 'vitest';
import { disableCard } from '../../../../src/adapters/wecom-bot/card/disable-card.js';
import { checkCard } from '../../../../src/adapters/wecom-bot/card/template-card.js';
import { buildCard } from '../../../../src/index.js';
import { cardFault } from '../../../support/fake-wecom-bot/card-rules.js';

const action = { type: 1, url: 'https://x' } as const;
const title = { title: 't' };
const submit = { text: 'go', key: 's' };
const option = { id: 'a', text: 'A' };
/** The smallest cards of D101032. */
const smallest = {
  text_notice: { main_title: title, card_action: action },
  news_notice: { main_title: title, card_image: { url: 'https://x/a.png' }, card_action: action },
  button_interaction: {
    main_title: title,
    button_list: [{ text: 'ok', key: 'ok', style: 1 }],
    task_id: 't1',
  },
  vote_interaction: {
    main_title: title,
    checkbox: { question_key: 'q', mode: 1, option_list: [option] },
    submit_button: submit,
    task_id: 't2',
  },
  multiple_interaction: {
    main_title: title,
    select_list: [{ question_key: 'q', option_list: [option] }],
    submit_button: submit,
    task_id: 't3',
  },
} as const;

const cardOf = (type: keyof typeof smallest, more: object = {}): Record<string, unknown> => ({
  card_type: type,
  ...smallest[type],
  ...more,
});
const many = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));

describe('a card that the platform takes', () => {
  test.each(Object.keys(smallest) as (keyof typeof smallest)[])('%s passes as it is', (type) => {
    const card = cardOf(type);
    expect(checkCard(card)).toBe(card);
    expect(cardFault(card)).toBeUndefined();
  });

  test('is built by its own builder', () => {
    expect(buildCard.text(smallest.text_notice)).toEqual(cardOf('text_notice'));
    expect(buildCard.news(smallest.news_notice)).toEqual(cardOf('news_notice'));
    expect(buildCard.buttons({ ...smallest.button_interaction, button_list: [submit] })).toEqual(
      cardOf('button_interaction', { button_list: [submit] }),
    );
  });
});

describe('a card that the platform refuses', () => {
  test.each([
    ['another type', { card_type: 'none' }, 'card_type'],
    ['no action', cardOf('text_notice', { card_action: { type: 0 } }), 'card_action.type'],
    ['no address', cardOf('text_notice', { card_action: { type: 1 } }), 'card_action'],
    ['no text at all', cardOf('text_notice', { main_title: { desc: 'd' } }), 'main_title.title'],
    [
      'a menu without task',
      cardOf('text_notice', { action_menu: { desc: 'd', action_list: [submit] } }),
      'task_id',
    ],
    [
      'seven buttons',
      cardOf('button_interaction', { button_list: many(7, (n) => ({ text: 'x', key: `k${n}` })) }),
      'button_list',
    ],
    [
      'two buttons of one key',
      cardOf('button_interaction', { button_list: [submit, submit] }),
      'button_list',
    ],
    [
      'a key over 1,024 bytes',
      cardOf('vote_interaction', { submit_button: { text: 'x', key: '键'.repeat(342) } }),
      'submit_button.key',
    ],
    [
      'four lists',
      cardOf('multiple_interaction', {
        select_list: many(4, (n) => ({ question_key: `q${n}`, option_list: [option] })),
      }),
      'select_list',
    ],
    [
      'eleven options',
      cardOf('multiple_interaction', {
        select_list: [
          { question_key: 'q', option_list: many(11, (n) => ({ id: `${n}`, text: 'x' })) },
        ],
      }),
      'select_list[0].option_list',
    ],
    ['a task with spaces', cardOf('vote_interaction', { task_id: 'a b' }), 'task_id'],
    ['a field of another card', cardOf('vote_interaction', { quote_area: {} }), 'card'],
    [
      'a flat image',
      cardOf('news_notice', { card_image: { url: 'https://x', aspect_ratio: 3 } }),
      'card_image.aspect_ratio',
    ],
  ])('for %s is told by the name of the field', (_what, card, field) => {
    expect(() => checkCard(card)).toThrow(
      new RegExp(`${field.replace(/[[\].]/gu, '\\$&')}: exp`, 'u'),
    );
  });

  test('is told in two languages, and nothing of what was in it', () => {
    const card = cardOf('vote_interaction', { task_id: '机密 内容' });
    let error: unknown;
    try {
      checkCard(card);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({
      code: 'wecom-bot-card-invalid',
      text: { zh: '卡片无法发送到企业微信。task_id：应为只能包含字母、数字和 _-@。' },
    });
    expect(String(error)).not.toContain('机密');
  });
});

describe('a card that was used', () => {
  test('shows what was chosen, and lets nothing be chosen any more', () => {
    const vote = buildCard.vote({
      ...smallest.vote_interaction,
      checkbox: { question_key: 'q', option_list: [option] },
    });
    expect(disableCard(vote, new Map([['q', ['a']]]), 's')).toMatchObject({
      checkbox: { disable: true, option_list: [{ id: 'a', is_checked: true }] },
    });
    const selects = buildCard.selects({
      ...smallest.multiple_interaction,
      select_list: [{ question_key: 'q', option_list: [option] }],
    });
    expect(disableCard(selects, new Map([['q', ['a']]]), 's')).toMatchObject({
      select_list: [{ disable: true, selected_id: 'a' }],
    });
  });

  test('keeps the pressed button alone', () => {
    const card = buildCard.buttons({
      main_title: title,
      button_list: [
        { text: '同意', key: 'yes' },
        { text: '拒绝', key: 'no' },
      ],
      task_id: 't',
    });
    expect(disableCard(card, new Map(), 'yes')).toMatchObject({
      button_list: [{ text: '同意', key: 'yes' }],
    });
  });
});
