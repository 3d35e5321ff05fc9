import type { TemplateCard } from './card/template-card.js';
import type { BotReply, StreamFrame } from './schema/reply.js';

/** A welcome in words (回复欢迎语). */
export function encodeText(content: string): BotReply {
  return { msgtype: 'text', text: { content } };
}

/** A card alone. */
export function encodeCard(card: TemplateCard): BotReply {
  return { msgtype: 'template_card', template_card: card };
}

/** A stream, with a card where there is one. */
export function encodeStream(stream: StreamFrame, card?: TemplateCard): BotReply {
  if (card === undefined) return { msgtype: 'stream', stream };
  return { msgtype: 'stream_with_template_card', stream, template_card: card };
}

/**
 * Replaces the clicked card.
 *
 * @param userIds whose; absent or empty: everybody's who has it
 */
export function encodeUpdate(card: TemplateCard, userIds: readonly string[] = []): BotReply {
  return {
    response_type: 'update_template_card',
    ...(userIds.length > 0 && { userids: userIds }),
    template_card: card,
  };
}
