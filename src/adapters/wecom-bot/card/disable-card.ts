import type { TemplateCard } from './template-card.js';

/** The options that were chosen, by the key of their question. */
export type Chosen = ReadonlyMap<string, readonly string[]>;

type Selection = NonNullable<Extract<TemplateCard, { select_list: unknown }>['select_list'][0]>;

/**
 * A card after it was used: what was chosen stays to be seen, and nothing can be chosen any more.
 * Buttons cannot be taken off; they become grey and say what was pressed.
 *
 * @param pressed the key of the button
 */
export function disableCard(card: TemplateCard, chosen: Chosen, pressed: string): TemplateCard {
  switch (card.card_type) {
    case 'vote_interaction': {
      const ids = chosen.get(card.checkbox.question_key) ?? [];
      const options = card.checkbox.option_list.map((option) => ({
        ...option,
        is_checked: ids.includes(option.id),
      }));
      return { ...card, checkbox: { ...card.checkbox, disable: true, option_list: options } };
    }
    case 'multiple_interaction':
      return { ...card, select_list: card.select_list.map((each) => settled(each, chosen)) };
    case 'button_interaction': {
      const { button_selection: selection } = card;
      const used = card.button_list.filter(({ key }) => key === pressed);
      return {
        ...card,
        // A menu's click leaves the buttons as they are.
        button_list:
          used.length > 0 ? used.map((each) => ({ ...each, style: 4 })) : card.button_list,
        ...(selection && { button_selection: settled(selection, chosen) }),
      };
    }
    case 'text_notice':
    case 'news_notice':
    default:
      return card;
  }
}

function settled(selection: Selection, chosen: Chosen): Selection {
  const [id] = chosen.get(selection.question_key) ?? [];
  return { ...selection, disable: true, ...(id !== undefined && { selected_id: id }) };
}
