import { z } from 'zod';
import { CallbackError } from '../../core/errors.js';
import type { CardReply } from '../../core/reply.js';
import type { RichNotification } from './encode.js';

const line = z.string().optional().catch(undefined);
const pair = z.object({ key: line, keyname: line, value: line });

/** The plain form, and the names that WeCom's template cards have for the same. */
const cardSchema = z.object({
  title: line,
  description: line,
  lines: z.array(pair).optional().catch(undefined),
  remark: line,
  url: line,
  main_title: z.object({ title: line, desc: line }).optional().catch(undefined),
  sub_title_text: line,
  horizontal_content_list: z.array(pair).optional().catch(undefined),
  card_action: z.object({ url: line }).optional().catch(undefined),
});

/**
 * A card of a receiver as a rich notification (富通知): `{title, description, lines: [{key, value}],
 * remark, url}`, or a template card of WeCom's, of which buttons and questions are left out.
 *
 * @throws CallbackError `wildfire-card-untitled`
 */
export function notificationOf({ card }: CardReply): RichNotification {
  const { main_title: main, sub_title_text: sub, ...own } = cardSchema.parse(card);
  const title = first(main?.title, own.title, sub).trim();
  if (title === '') throw untitled();
  const lines = own.lines ?? own.horizontal_content_list ?? [];
  return {
    title,
    description: first(main?.desc, own.description, sub),
    lines: lines.map(({ key, keyname, value }) => ({
      key: first(key, keyname),
      value: first(value),
    })),
    remark: first(own.remark),
    url: first(own.url, own.card_action?.url),
  };
}

function first(...texts: readonly (string | undefined)[]): string {
  return texts.find((text) => text !== undefined) ?? '';
}

function untitled(): CallbackError {
  return new CallbackError('wildfire-card-untitled', {
    text: {
      en: 'A card needs a `title` (or `main_title.title`) to be shown on WildfireChat.',
      zh: '卡片须有 `title`（或 `main_title.title`）才能在野火 IM 中显示。',
    },
  });
}
