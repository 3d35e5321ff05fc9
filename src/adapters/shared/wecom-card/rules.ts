import { expected } from '../../../core/expectation.js';

/** What must hold between the fields of a card, and what is said where it does not: for `refine`. */
type Rule<Card> = readonly [(card: Card) => boolean, { path: string[]; error: string }];

interface WithMenu {
  readonly action_menu?: object | undefined;
  readonly task_id?: string | undefined;
}

interface Notice {
  readonly main_title?: { readonly title?: string | undefined } | undefined;
  readonly sub_title_text?: string | undefined;
}

interface News {
  readonly card_image?: object | undefined;
  readonly image_text_area?: object | undefined;
}

/** The clicks in a menu are told apart by the task of their card. */
export const menuHasTask: Rule<WithMenu> = [
  (card) => card.action_menu === undefined || card.task_id !== undefined,
  {
    path: ['task_id'],
    error: expected('an id, needed together with action_menu', '使用 action_menu 时必填'),
  },
];

/** A text notice has a title or a text. */
export const noticeHasText: Rule<Notice> = [
  (card) => card.main_title?.title !== undefined || card.sub_title_text !== undefined,
  {
    path: ['main_title', 'title'],
    error: expected('text, needed unless there is sub_title_text', '没有 sub_title_text 时必填'),
  },
];

/** A news notice has an image, above or beside its text. */
export const newsHasImage: Rule<News> = [
  (card) => card.card_image !== undefined || card.image_text_area !== undefined,
  {
    path: ['card_image'],
    error: expected(
      'an image, needed unless there is image_text_area',
      '没有 image_text_area 时必填',
    ),
  },
];

/** What is said of a card of another type than the five. */
export const unknownType = {
  error: expected(
    'text_notice, news_notice, button_interaction, vote_interaction or multiple_interaction',
    'text_notice、news_notice、button_interaction、vote_interaction 或 multiple_interaction',
  ),
};
