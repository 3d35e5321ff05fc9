import { z } from 'zod';
import type { CardReply } from '../core/reply.js';

const line = z.string().optional().catch(undefined);

/** Where cards keep their words: WeCom's template cards, and the plain form of others. */
const cardSchema = z.object({
  title: line,
  description: line,
  main_title: z.object({ title: line, desc: line }).optional().catch(undefined),
  sub_title_text: line,
});

/** The title and description of a card, for platforms without cards; `""` when it has none. */
export function cardText(reply: CardReply): string {
  const card = cardSchema.parse(reply.card);
  const title = card.main_title?.title ?? card.title;
  const description = card.main_title?.desc ?? card.description;
  return [title, description, card.sub_title_text].filter(Boolean).join('\n');
}
