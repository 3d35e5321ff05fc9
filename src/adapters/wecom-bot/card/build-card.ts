import { type CardOf, checkCard, type TemplateCard } from './template-card.js';

type Fields<Type extends TemplateCard['card_type']> = Omit<CardOf<Type>, 'card_type'>;

function builder<Type extends TemplateCard['card_type']>(type: Type) {
  return (fields: Fields<Type>): CardOf<Type> =>
    checkCard({ card_type: type, ...fields }) as CardOf<Type>;
}

/**
 * Builders of the five cards of WeCom (D101032). Each checks the platform's limits.
 *
 * @throws CallbackError `wecom-bot-card-invalid` naming every wrong field
 * @example
 * buildCard.buttons({
 *   main_title: { title: '审批' },
 *   button_list: [{ text: '同意', key: 'yes', style: 1 }],
 *   task_id: 'leave-42',
 * });
 */
export const buildCard = {
  /** Text to read (文本通知). */
  text: builder('text_notice'),
  /** Text with an image (图文展示). */
  news: builder('news_notice'),
  /** Buttons to press (按钮交互). */
  buttons: builder('button_interaction'),
  /** One question to answer (投票选择). */
  vote: builder('vote_interaction'),
  /** Up to three drop-down lists (多项选择). */
  selects: builder('multiple_interaction'),
} as const;
