import { z } from 'zod';
import { checkFields } from '../../shared/wecom-card/check-fields.js';
import { listOf, text } from '../../shared/wecom-card/fields.js';
import * as parts from '../../shared/wecom-card/parts.js';
import * as rules from '../../shared/wecom-card/rules.js';
import { buttonList, commonParts, horizontalList, jumpList } from './card-parts.js';

const subTitle = text.exactOptional();
/** The text of a button after it was used, in an update. */
const replaceText = text.exactOptional();

const textNotice = z
  .strictObject({
    card_type: z.literal('text_notice'),
    ...commonParts,
    task_id: parts.taskId.exactOptional(),
    emphasis_content: parts.mainTitle.exactOptional(),
    sub_title_text: subTitle,
    horizontal_content_list: horizontalList.exactOptional(),
    jump_list: jumpList.exactOptional(),
    card_action: parts.neededCardAction,
  })
  .refine(...rules.noticeHasText)
  .refine(...rules.menuHasTask);

const newsNotice = z
  .strictObject({
    card_type: z.literal('news_notice'),
    ...commonParts,
    main_title: parts.neededTitle,
    task_id: parts.taskId.exactOptional(),
    image_text_area: parts.imageTextArea.exactOptional(),
    card_image: parts.cardImage.exactOptional(),
    vertical_content_list: parts.verticalList.exactOptional(),
    horizontal_content_list: horizontalList.exactOptional(),
    jump_list: jumpList.exactOptional(),
    card_action: parts.neededCardAction,
  })
  .refine(...rules.newsHasImage)
  .refine(...rules.menuHasTask);

const buttonInteraction = z.strictObject({
  card_type: z.literal('button_interaction'),
  ...commonParts,
  task_id: parts.taskId,
  sub_title_text: subTitle,
  horizontal_content_list: horizontalList.exactOptional(),
  button_selection: parts.selection.exactOptional(),
  button_list: buttonList,
  card_action: parts.cardAction.exactOptional(),
  replace_text: replaceText,
});

const voteInteraction = z.strictObject({
  card_type: z.literal('vote_interaction'),
  ...commonParts,
  task_id: parts.taskId,
  checkbox: parts.checkbox,
  submit_button: parts.submitButton,
  card_action: parts.cardAction.exactOptional(),
  replace_text: replaceText,
});

const multipleInteraction = z.strictObject({
  card_type: z.literal('multiple_interaction'),
  ...commonParts,
  task_id: parts.taskId,
  select_list: listOf(parts.selection, [1, 3], 'question_key'),
  submit_button: parts.submitButton,
  card_action: parts.cardAction.exactOptional(),
  replace_text: replaceText,
});

/**
 * A template card (D90236). The lengths in characters that WeCom recommends are not limits: longer
 * texts are shown shortened, and pass here.
 */
export const templateCardSchema = z.discriminatedUnion(
  'card_type',
  [textNotice, newsNotice, buttonInteraction, voteInteraction, multipleInteraction],
  rules.unknownType,
);

export type TemplateCard = z.infer<typeof templateCardSchema>;

/** One kind of card: what its builder takes. */
export type CardParts<T extends TemplateCard['card_type']> = Omit<
  Extract<TemplateCard, { card_type: T }>,
  'card_type'
>;

/**
 * A card of unknown origin, checked.
 *
 * @throws CallbackError `wecom-card-invalid` naming every wrong field
 */
export function readTemplateCard(card: unknown): TemplateCard {
  const name = { en: 'The template card', zh: '模板卡片' };
  return checkFields(templateCardSchema, card, { code: 'wecom-card-invalid', name, root: 'card' });
}

/** Builds one card of the named kind; throws like `readTemplateCard`. */
export function templateCard<T extends TemplateCard['card_type']>(
  kind: T,
  fields: CardParts<T>,
): TemplateCard {
  return readTemplateCard({ ...fields, card_type: kind });
}
