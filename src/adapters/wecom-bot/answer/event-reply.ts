import { type Chosen, disableCard } from '../card/disable-card.js';
import type { TemplateCard } from '../card/template-card.js';
import { encodeCard, encodeText, encodeUpdate } from '../encode.js';
import type { Reply } from '../routes.js';
import { type Answer, type CardPart, markShown, textOf } from './answer.js';

/** The card that was clicked, to be put out of use unless something else was said. */
export interface ClickedCard {
  readonly card?: TemplateCard;
  readonly chosen?: Chosen;
  readonly pressed?: string;
}

/**
 * What goes back to a welcome or a click: to the one a text or a card, to the other a card in place
 * of the clicked one. A text said to a click is left for the `response_url`.
 */
export function eventReply(answer: Answer, clicked: ClickedCard = {}): Reply {
  const isClick = answer.to === 'click';
  const part = answer.parts.find(
    (one): one is CardPart => one.kind === 'card' && (one.update !== undefined) === isClick,
  );
  if (part !== undefined) {
    part.isSent = true;
    return isClick ? encodeUpdate(part.card, part.update?.userIds) : encodeCard(part.card);
  }
  return isClick ? afterClick(clicked) : welcome(answer);
}

function afterClick({ card, chosen = new Map(), pressed = '' }: ClickedCard): Reply {
  return card === undefined ? 'empty' : encodeUpdate(disableCard(card, chosen, pressed));
}

function welcome(answer: Answer): Reply {
  const text = textOf(answer);
  if (text.trim() === '') return 'empty';
  markShown(answer, text.length);
  return encodeText(text);
}
