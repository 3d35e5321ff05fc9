import { CallbackError } from '../../core/errors.js';
import type { LocationReply } from '../../core/reply.js';
import type { MediaKind } from './client/media-kind.js';
import {
  type ChatMessage,
  maxDescriptionBytes,
  maxTextBytes,
  maxTitleBytes,
  type OutgoingMessage,
} from './outgoing/message.js';
import { readTemplateCard } from './outgoing/template-card.js';

/** A link as Wechaty describes it. */
export interface LinkPayload {
  readonly url: string;
  readonly title: string;
  readonly description?: string;
  readonly thumbnailUrl?: string;
}

/** A mini program as Wechaty describes it. */
export interface MiniProgramPayload {
  readonly appid?: string;
  readonly pagePath?: string;
  readonly title?: string;
  readonly description?: string;
}

/** What is said, where it goes. Group chats that an app made take neither mini programs nor cards. */
export type Target = 'member' | 'chat';

/**
 * A text. Long ones are split before they come here (`PuppetExtras.textLimit`): WeCom cuts what is
 * over 2,048 bytes off and says nothing.
 *
 * @throws CallbackError `wecom-text-too-long`, `wecom-text-blank`
 */
export function encodeText(content: string): ChatMessage {
  const size = Buffer.byteLength(content);
  if (content.trim() === '') {
    throw new CallbackError('wecom-text-blank', {
      text: { en: 'WeCom shows no blank text.', zh: '企业微信不显示空白文本。' },
    });
  }
  if (size > maxTextBytes) {
    throw new CallbackError('wecom-text-too-long', {
      text: {
        en: `A text of ${size} bytes was not split before it is sent to WeCom, which takes ${maxTextBytes}.`,
        zh: `${size} 字节的文本未经拆分，企业微信单条至多 ${maxTextBytes} 字节。`,
      },
    });
  }
  return { msgtype: 'text', text: { content } };
}

/** A file that was uploaded. */
export function encodeMedia(kind: MediaKind, mediaId: string): ChatMessage {
  const media = { media_id: mediaId };
  if (kind === 'image') return { msgtype: 'image', image: media };
  if (kind === 'voice') return { msgtype: 'voice', voice: media };
  if (kind === 'video') return { msgtype: 'video', video: media };
  return { msgtype: 'file', file: media };
}

/** A link: a card, with a picture if there is one; as text where its address does not fit a card. */
export function encodeLink({ url, title, description, thumbnailUrl }: LinkPayload): ChatMessage {
  if (!isAddress(url)) return textOf(title, description, url);
  const head = shorten(said(title) ?? url, maxTitleBytes);
  const body = said(description);
  const short = body === undefined ? undefined : shorten(body, maxDescriptionBytes);
  if (thumbnailUrl !== undefined && isAddress(thumbnailUrl)) {
    const article = { title: head, url, picurl: thumbnailUrl };
    const whole = short === undefined ? article : { ...article, description: short };
    return { msgtype: 'news', news: { articles: [whole] } };
  }
  // A card has to have a description.
  const shown = short ?? shorten(url, maxDescriptionBytes);
  return { msgtype: 'textcard', textcard: { title: head, description: shown, url } };
}

/**
 * A mini program: a notice, where WeCom takes its title (4 to 12 characters); else text. The corp
 * has to have linked the mini program with the app.
 */
export function encodeMiniProgram(payload: MiniProgramPayload, target: Target): OutgoingMessage {
  const { appid, pagePath, title, description } = payload;
  if (target === 'chat' || !said(appid) || appid === undefined || !isShort(title)) {
    return textOf(title ?? appid, description);
  }
  return {
    msgtype: 'miniprogram_notice',
    miniprogram_notice: {
      appid,
      title,
      ...(said(pagePath) !== undefined && pagePath !== undefined && { page: pagePath }),
      ...(isShort(description) && { description }),
    },
  };
}

/** A place: a card that opens Tencent's map there. */
export function encodeLocation(place: Omit<LocationReply, 'type'>): ChatMessage {
  const { latitude, longitude } = place;
  const name = said(place.name);
  const where = said(place.address) ?? `${latitude}, ${longitude}`;
  const title = name ?? where;
  const marker = [
    `coord:${latitude},${longitude}`,
    `title:${inMarker(shorten(title, maxTitleBytes))}`,
    `addr:${inMarker(shorten(where, maxTitleBytes))}`,
  ];
  const query = new URLSearchParams({ marker: marker.join(';'), referer: 'wechaty-callback' });
  const url = `https://apis.map.qq.com/uri/v1/marker?${query.toString()}`;
  return encodeLink({ url, title, description: where });
}

/** A contact's card: WeCom lets an app send none, so it is the name. */
export function encodeContact(name: string): ChatMessage {
  return textOf(name);
}

/**
 * A template card.
 *
 * @throws CallbackError `wecom-card-invalid` naming every wrong field; `wecom-card-in-chat`
 */
export function encodeCard(card: unknown, target: Target): OutgoingMessage {
  if (target === 'chat') {
    throw new CallbackError('wecom-card-in-chat', {
      text: {
        en: 'WeCom takes no template card in a group chat; send it to members.',
        zh: '企业微信群聊不支持模板卡片，请发送给成员。',
      },
    });
  }
  return { msgtype: 'template_card', template_card: readTemplateCard(card) };
}

function textOf(...lines: readonly (string | undefined)[]): ChatMessage {
  const content = lines.filter((line) => said(line) !== undefined).join('\n');
  return encodeText(shorten(content, maxTextBytes));
}

/** A text, unless it is blank. */
function said(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text;
}

function isAddress(url: string): boolean {
  return /^https?:\/\//iu.test(url) && Buffer.byteLength(url) <= 2048;
}

function isShort(text: string | undefined): text is string {
  const length = said(text) === undefined ? 0 : Array.from(text ?? '').length;
  return length >= 4 && length <= 12;
}

/** The map's own separators would end a field. */
function inMarker(text: string): string {
  return text.replaceAll(/[;:]/gu, ' ');
}

const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Cuts a title or description between two characters and marks the cut; a whole text stays. */
function shorten(text: string, maxBytes: number): string {
  if (Buffer.byteLength(text) <= maxBytes) return text;
  let left = maxBytes - Buffer.byteLength('…');
  let kept = '';
  // No more code units than bytes can fit.
  for (const { segment } of characters.segment(text.slice(0, maxBytes))) {
    left -= Buffer.byteLength(segment);
    if (left < 0) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}
