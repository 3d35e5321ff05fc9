import { type Answer, type CardPart, unshownText } from './answer.js';

/** The one card that goes with a stream, once it is there; it counts as sent. */
export function takeCard({ parts }: Answer): CardPart | undefined {
  const cards = parts.filter((part): part is CardPart => part.kind === 'card');
  const card = cards.find(({ isSent, update }) => !isSent && update === undefined);
  if (card === undefined || cards.some(({ isSent }) => isSent)) return undefined;
  card.isSent = true;
  return card;
}

/** Changes whenever more of an answer is shown. */
export function progressOf({ parts, final }: Answer): number {
  let sum = final === undefined ? 0 : 1;
  for (const part of parts) if (part.kind === 'text') sum += part.shown;
  return sum;
}

/** True while a card was not sent. */
export function isCardUnsent({ parts }: Answer): boolean {
  return parts.some((part) => part.kind === 'card' && !part.isSent);
}

/** True while a text was not shown to its end, or a card not sent. */
export function isLeftUnshown(answer: Answer): boolean {
  return isCardUnsent(answer) || unshownText(answer).trim() !== '';
}
