import { z } from 'zod';
import { expected } from '../../../core/expectation.js';
import { checkFields } from '../../shared/wecom-card/check-fields.js';
import { address, bytes, list, text } from '../../shared/wecom-card/fields.js';
import { templateCardSchema } from './template-card.js';

/** What WeCom shows of a text or markdown message; it cuts the rest off silently (D90236). */
export const maxTextBytes = 2048;
export const maxTitleBytes = 128;
export const maxDescriptionBytes = 512;
const maxArticleHtmlBytes = 666 * 1024;

const content = z.strictObject({ content: bytes(maxTextBytes) });
const media = z.strictObject({ media_id: text });
const title = bytes(maxTitleBytes);
const description = bytes(maxDescriptionBytes);

const article = z
  .strictObject({
    title,
    description: description.exactOptional(),
    url: address.exactOptional(),
    picurl: address.exactOptional(),
    appid: text.exactOptional(),
    pagepath: text.exactOptional(),
  })
  .refine(({ url, appid, pagepath }) => url ?? (appid && pagepath), {
    path: ['url'],
    error: expected('an address, or appid and pagepath', '地址，或填 appid 与 pagepath'),
  });

const htmlArticle = z.strictObject({
  title,
  thumb_media_id: text,
  author: bytes(64).exactOptional(),
  content_source_url: address.exactOptional(),
  content: bytes(maxArticleHtmlBytes),
  digest: description.exactOptional(),
});

const shortLength = expected('4 to 12 characters', '4 至 12 个字');
const short = text.refine((value) => {
  const { length } = Array.from(value);
  return length >= 4 && length <= 12;
}, shortLength);

/** The messages that group chats made by an app take as well (D90248). */
const everywhere = [
  z.strictObject({ msgtype: z.literal('text'), text: content }),
  z.strictObject({ msgtype: z.literal('image'), image: media }),
  z.strictObject({ msgtype: z.literal('voice'), voice: media }),
  z.strictObject({
    msgtype: z.literal('video'),
    video: media.extend({
      title: title.exactOptional(),
      description: description.exactOptional(),
    }),
  }),
  z.strictObject({ msgtype: z.literal('file'), file: media }),
  z.strictObject({
    msgtype: z.literal('textcard'),
    textcard: z.strictObject({
      title,
      description,
      url: address,
      btntxt: text
        .refine(
          (value) => Array.from(value).length <= 4,
          expected('at most 4 characters', '至多 4 个字'),
        )
        .exactOptional(),
    }),
  }),
  z.strictObject({
    msgtype: z.literal('news'),
    news: z.strictObject({ articles: list(article, 1, 8) }),
  }),
  z.strictObject({
    msgtype: z.literal('mpnews'),
    mpnews: z.strictObject({ articles: list(htmlArticle, 1, 8) }),
  }),
  z.strictObject({ msgtype: z.literal('markdown'), markdown: content }),
] as const;

/** The messages that only members take. */
const toMembers = [
  z.strictObject({
    msgtype: z.literal('miniprogram_notice'),
    miniprogram_notice: z.strictObject({
      appid: text,
      page: text.exactOptional(),
      title: short,
      description: short.exactOptional(),
      emphasis_first_item: z.boolean().exactOptional(),
      content_item: list(z.strictObject({ key: text, value: text }), 0, 10).exactOptional(),
    }),
  }),
  z.strictObject({ msgtype: z.literal('template_card'), template_card: templateCardSchema }),
] as const;

const unknownType = {
  error: expected('a type of message that WeCom has', '企业微信支持的消息类型'),
};

const chatMessageSchema = z.discriminatedUnion('msgtype', everywhere, unknownType);
const messageSchema = z.discriminatedUnion('msgtype', [...everywhere, ...toMembers], unknownType);

/** What an app can say in a group chat that it made, as it goes over the wire. */
export type ChatMessage = z.infer<typeof chatMessageSchema>;
/** What an app can say to members, as it goes over the wire (D90236). */
export type OutgoingMessage = z.infer<typeof messageSchema>;

const kind = {
  code: 'wecom-message-invalid',
  name: { en: 'The message', zh: '消息' },
  root: 'message',
};

/** @throws CallbackError `wecom-message-invalid` naming every field that WeCom would cut or refuse */
export function checkMessage(message: OutgoingMessage): OutgoingMessage {
  return checkFields(messageSchema, message, kind);
}

/** The same for a group chat, which takes fewer types. */
export function checkChatMessage(message: OutgoingMessage): ChatMessage {
  return checkFields(chatMessageSchema, message, kind);
}

/** Who may pass a message on: 0 anyone, 1 nobody (with a watermark), 2 inside the corp (mpnews). */
export type Safety = 0 | 1 | 2;
