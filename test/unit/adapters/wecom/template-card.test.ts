import { describe, expect, it } from 'vitest';
import {
  readTemplateCard,
  templateCard,
} from '../../../../src/adapters/wecom/outgoing/template-card.js';
import { CallbackError } from '../../../../src/core/errors.js';
import { card as platformCard } from '../../../support/fake-wecom/rest/body-shape.js';

const url = 'https://example.com/a';
const option = { id: '1', text: '一' };
const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

const notice = {
  card_type: 'text_notice',
  source: { icon_url: url, desc: '企业微信', desc_color: 1 },
  action_menu: { desc: '更多', action_list: [{ text: '不再提醒', key: 'mute' }] },
  task_id: 'task-1@a_B',
  main_title: { title: '欢迎', desc: '今天' },
  quote_area: { type: 1, url, title: '引用', quote_text: '原文' },
  emphasis_content: { title: '100', desc: '人' },
  sub_title_text: '说明',
  horizontal_content_list: [
    { keyname: '邀请人', value: '张三' },
    { keyname: '官网', value: '打开', type: 1, url },
    { keyname: '附件', value: 'a.pdf', type: 2, media_id: 'm' },
    { keyname: '员工', type: 3, userid: 'bob' },
  ],
  jump_list: [{ type: 2, title: '小程序', appid: 'wx1', pagepath: 'a' }],
  card_action: { type: 1, url },
};
const news = {
  card_type: 'news_notice',
  main_title: { title: '欢迎' },
  image_text_area: { type: 1, url, title: '图', desc: '文', image_url: url },
  card_image: { url, aspect_ratio: 1.3 },
  vertical_content_list: [{ title: '一', desc: '二' }],
  card_action: { type: 2, appid: 'wx1' },
};
const buttons = {
  card_type: 'button_interaction',
  task_id: 't',
  button_selection: { question_key: 'q', title: '选', option_list: [option], selected_id: '1' },
  button_list: [
    { text: '同意', key: 'yes', style: 1 },
    { type: 1, text: '看', url },
  ],
};
const vote = {
  card_type: 'vote_interaction',
  task_id: 't',
  checkbox: { question_key: 'q', mode: 1, option_list: [{ ...option, is_checked: true }] },
  submit_button: { text: '提交', key: 's' },
};
const choices = {
  card_type: 'multiple_interaction',
  task_id: 't',
  select_list: [{ question_key: 'q', option_list: [option] }],
  submit_button: { text: '提交', key: 's' },
};

it.each([notice, news, buttons, vote, choices])(
  'takes a whole $card_type, as WeCom does',
  (card) => {
    expect(readTemplateCard(card)).toEqual(card);
    expect(platformCard.safeParse(card).success).toBe(true);
  },
);

describe('a card with a fault', () => {
  it.each([
    [{ ...notice, card_type: 'other' }, 'card_type', 'text_notice'],
    ['no card', 'card', 'text_notice'],
    [{ ...notice, card_action: undefined }, 'card_action', 'expected object'],
    [{ ...notice, card_action: { type: 1 } }, 'card_action', 'url with type 1'],
    [{ ...notice, card_action: { type: 0 } }, 'card_action.type', 'one of 1, 2'],
    [{ ...notice, card_action: { type: 2, url } }, 'card_action', 'appid with type 2'],
    [{ ...notice, main_title: {}, sub_title_text: undefined }, 'main_title.title', 'needed unless'],
    [{ ...notice, task_id: undefined }, 'task_id', 'together with action_menu'],
    [{ ...notice, task_id: '好' }, 'task_id', 'letters, digits'],
    [{ ...notice, task_id: 'a'.repeat(129) }, 'task_id', 'at most 128 bytes'],
    [{ ...notice, jump_list: times(4, { title: 'a' }) }, 'jump_list', 'a list of 0 to 3'],
    [
      { ...notice, horizontal_content_list: times(7, { keyname: 'a' }) },
      'horizontal_content_list',
      'a list of 0 to 6',
    ],
    [
      { ...notice, horizontal_content_list: [{ keyname: 'a', type: 3, url }] },
      'horizontal_content_list[0]',
      'userid with type 3',
    ],
    [{ ...notice, action_menu: { action_list: [] } }, 'action_menu.action_list', '1 to 3'],
    [{ ...notice, buton: 1 }, 'card', 'no field buton'],
    [{ ...news, card_image: undefined, image_text_area: undefined }, 'card_image', 'needed unless'],
    [{ ...news, card_image: { url, aspect_ratio: 2.3 } }, 'card_image.aspect_ratio', '1.3 to 2.25'],
    [{ ...buttons, button_list: times(7, { text: 'a', key: 'b' }) }, 'button_list', '1 to 6'],
    [{ ...buttons, button_list: [{ text: 'a' }] }, 'button_list[0]', 'a key with type 0'],
    [
      { ...buttons, button_list: [{ text: 'a', key: 'b', style: 5 }] },
      'button_list[0].style',
      '1, 2, 3, 4',
    ],
    [{ ...buttons, task_id: undefined }, 'task_id', 'not blank'],
    [
      { ...vote, checkbox: { question_key: 'q', option_list: times(21, option) } },
      'checkbox.option_list',
      '1 to 20',
    ],
    [{ ...choices, select_list: times(4, choices.select_list[0]) }, 'select_list', '1 to 3'],
    [{ ...choices, submit_button: { text: ' ', key: 's' } }, 'submit_button.text', 'blank'],
  ])('names its field: %#', (card, field, fault) => {
    const clean = typeof card === 'string' ? card : (JSON.parse(JSON.stringify(card)) as object);
    const error = thrownBy(() => readTemplateCard(clean));
    expect(error.code).toBe('wecom-card-invalid');
    expect(error.message).toContain(`${field}: `);
    expect(error.message).toContain(fault);
    expect(error.in('zh')).toContain(`${field}：应为`);
    expect(platformCard.safeParse(clean).success).toBe(false);
  });

  it('names all of them, and nothing that it says', () => {
    const error = thrownBy(() => readTemplateCard({ ...vote, task_id: '密', submit_button: {} }));
    expect(error.message).toMatch(/task_id: .*; submit_button\.text: .*; submit_button\.key: /u);
    expect(error.message + error.in('zh')).not.toContain('密');
  });
});

it('builds a card of one kind', () => {
  const { card_type: _type, ...parts } = vote;
  const built = templateCard('vote_interaction', parts as never);
  expect(built).toEqual(vote);
});

function thrownBy(run: () => unknown): CallbackError {
  try {
    run();
  } catch (error) {
    if (error instanceof CallbackError) return error;
  }
  throw new Error('It did not throw a CallbackError.');
}
