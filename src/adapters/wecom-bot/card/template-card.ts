import { z } from 'zod';
import { CallbackError } from '../../../core/errors.js';
import { checkFields } from '../../shared/wecom-card/check-fields.js';
import { listOf, text } from '../../shared/wecom-card/fields.js';
import * as parts from '../../shared/wecom-card/parts.js';
import * as rules from '../../shared/wecom-card/rules.js';
import * as own from './parts.js';

/** What every card may have. */
const common = {
  source: parts.source.exactOptional(),
  task_id: parts.taskId.exactOptional(),
  feedback: own.feedback.exactOptional(),
};

/** What cards have that may be read without answering them. */
const readable = {
  action_menu: own.actionMenu.exactOptional(),
  quote_area: parts.quoteArea.exactOptional(),
  horizontal_content_list: own.horizontalList.exactOptional(),
};

const textNotice = z
  .strictObject({
    card_type: z.literal('text_notice'),
    ...common,
    ...readable,
    main_title: parts.mainTitle.exactOptional(),
    emphasis_content: parts.mainTitle.exactOptional(),
    sub_title_text: text.exactOptional(),
    jump_list: own.jumpList.exactOptional(),
    card_action: parts.neededCardAction,
  })
  .refine(...rules.noticeHasText)
  .refine(...rules.menuHasTask);

const newsNotice = z
  .strictObject({
    card_type: z.literal('news_notice'),
    ...common,
    ...readable,
    main_title: parts.neededTitle,
    card_image: parts.cardImage.exactOptional(),
    image_text_area: parts.imageTextArea.exactOptional(),
    vertical_content_list: parts.verticalList.exactOptional(),
    jump_list: own.jumpList.exactOptional(),
    card_action: parts.neededCardAction,
  })
  .refine(...rules.newsHasImage)
  .refine(...rules.menuHasTask);

const buttonInteraction = z.strictObject({
  card_type: z.literal('button_interaction'),
  ...common,
  ...readable,
  main_title: parts.neededTitle,
  sub_title_text: text.exactOptional(),
  button_selection: parts.selection.exactOptional(),
  button_list: own.buttonList,
  card_action: parts.cardAction.exactOptional(),
  task_id: parts.taskId,
});

const voteInteraction = z.strictObject({
  card_type: z.literal('vote_interaction'),
  ...common,
  main_title: parts.neededTitle,
  checkbox: parts.checkbox,
  submit_button: parts.submitButton,
  task_id: parts.taskId,
});

const multipleInteraction = z.strictObject({
  card_type: z.literal('multiple_interaction'),
  ...common,
  main_title: parts.neededTitle,
  select_list: listOf(parts.selection, [1, 3], 'question_key'),
  submit_button: parts.submitButton,
  // The platform takes it without, but then nobody could tell which card was answered.
  task_id: parts.taskId,
});

/** A template card (D101032). The lengths that the platform recommends are no limits. */
const templateCardSchema = z.discriminatedUnion(
  'card_type',
  [textNotice, newsNotice, buttonInteraction, voteInteraction, multipleInteraction],
  rules.unknownType,
);

/** A template card as it goes over the wire. */
export type TemplateCard = z.output<typeof templateCardSchema>;

/** A card of one type. */
export type CardOf<Type extends TemplateCard['card_type']> = Extract<
  TemplateCard,
  { readonly card_type: Type }
>;

/** A card whose task was used before. */
export function taskTaken(): CallbackError {
  return new CallbackError('wecom-bot-card-task-taken', {
    text: {
      en: 'task_id: this card was sent before; WeCom takes each task_id once. Make a new one for each card.',
      zh: 'task_id：该卡片已发送过；企业微信要求每个 task_id 只用一次，请为每张卡片生成新的 task_id。',
    },
  });
}

/**
 * A card as it came, once it is known that the platform takes it.
 *
 * @throws CallbackError `wecom-bot-card-invalid` naming every wrong field; never what was in it
 */
export function checkCard(card: unknown): TemplateCard {
  return checkFields(templateCardSchema, card, kind);
}

const kind = {
  code: 'wecom-bot-card-invalid',
  name: { en: 'The card', zh: '卡片' },
  root: 'card',
};
