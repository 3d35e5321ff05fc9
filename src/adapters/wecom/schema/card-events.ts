import { defineEvent } from './definition.js';
import { id, renamed, word, wrapped } from './fields.js';

const card = {
  EventKey: word.optional(),
  TaskId: word.optional(),
  CardType: word.optional(),
  /** Good for 72 hours and one update. Secret. */
  ResponseCode: word.optional(),
};

const selectedItem = renamed(
  { OpitonIds: 'OptionIds' },
  { QuestionKey: word, OptionIds: wrapped(['OptionId', 'OpitonId'], word) },
);

/** What a member does with a template card. Source: WeCom D90240. */
export const cardEvents = [
  defineEvent(
    'template_card_event',
    { en: 'A button of a card was pressed, or a vote sent', zh: '点击模板卡片按钮或提交选项' },
    { ...card, SelectedItems: wrapped(['SelectedItem'], selectedItem) },
    { passiveReply: 'card' },
  ),
  defineEvent(
    'template_card_menu_event',
    { en: 'An entry of a card’s corner menu was chosen', zh: '点击模板卡片右上角菜单' },
    card,
    { passiveReply: 'message' },
  ),
  defineEvent(
    'taskcard_click',
    { en: 'A button of an old task card was pressed', zh: '点击任务卡片按钮' },
    { EventKey: id, TaskId: id },
    { passiveReply: 'taskcard' },
  ),
] as const;
