import type { payloads } from 'wechaty-puppet';
import type { Quote } from './decode/event.js';
import type { WildfirePayload } from './schema/payload.js';

/** `persistFlag`: stored and counted as unread, as what people write is. */
const visible = 3;
/** `persistFlag`: shown to who is there, never stored. */
const transparent = 4;

const empty: WildfirePayload = {
  type: 0,
  searchableContent: '',
  pushContent: '',
  pushData: '',
  content: '',
  base64edData: '',
  mediaType: 0,
  remoteMediaUrl: '',
  // Absent would be 0: never stored, never seen.
  persistFlag: visible,
  expireDuration: 0,
  mentionedType: 0,
  mentionedTarget: [],
  extra: '',
};

/** Who is told of a text. */
export interface TextOptions {
  /** Ids; `@all` is everybody. The text should name them: clients show it as it is. */
  readonly mentions?: readonly string[];
  readonly quote?: Quote;
}

/** A text. */
export function textPayload(
  text: string,
  { mentions = [], quote }: TextOptions = {},
): WildfirePayload {
  const { messageId: u, userId: i, name: n, text: d } = quote ?? {};
  return {
    ...empty,
    type: 1,
    searchableContent: text,
    ...mentionsOf(mentions),
    // Clients read `u` as a bare number of 64 bits.
    ...(u !== undefined && { base64edData: base64(quoteJson(u, { i, n, d })) }),
  };
}

function mentionsOf(mentions: readonly string[]) {
  if (mentions.includes('@all')) return { mentionedType: 2 };
  return mentions.length > 0 ? { mentionedType: 1, mentionedTarget: [...mentions] } : {};
}

function quoteJson(messageId: string, rest: object): string {
  const u = /^\d{1,19}$/u.test(messageId) ? messageId : '0';
  return `{"quote":{"u":${u},${JSON.stringify(rest).slice(1)}}`;
}

/**
 * A text that grows: everything so far, under one id. Clients show each instead of the one before;
 * only the last one (`isDone`) is stored.
 */
export function growingTextPayload(text: string, streamId: string, isDone: boolean) {
  return {
    ...empty,
    type: isDone ? 15 : 14,
    searchableContent: text,
    content: streamId,
    persistFlag: isDone ? visible : transparent,
  } satisfies WildfirePayload;
}

/** A file that lies where clients can fetch it. */
export interface RemoteFile {
  readonly url: string;
  readonly name: string;
  readonly bytes: number;
  /** Of a voice or a video. Default: 1, because some clients show nothing shorter. */
  readonly seconds?: number;
}

/** How a file is shown. */
export type FileKind = 'image' | 'voice' | 'video' | 'file';

/** `mediaType`, by the kind of the file. */
export const mediaTypes: Readonly<Record<FileKind, number>> = {
  image: 1,
  voice: 2,
  video: 3,
  file: 4,
};

/** A file, shown as its kind is. */
export function filePayload(kind: FileKind, file: RemoteFile): WildfirePayload {
  const { url: remoteMediaUrl, name, bytes, seconds = 1 } = file;
  const duration = Math.max(1, Math.round(seconds));
  const own: Readonly<Record<FileKind, Partial<WildfirePayload>>> = {
    image: { type: 3, searchableContent: '[图片]' },
    voice: { type: 2, searchableContent: '[声音]', content: json({ duration }) },
    video: { type: 6, searchableContent: '[视频]', content: json({ d: duration, duration }) },
    file: { type: 5, searchableContent: name, content: String(bytes) },
  };
  return { ...empty, remoteMediaUrl, mediaType: mediaTypes[kind], ...own[kind] };
}

/** A place. */
export function locationPayload(place: Readonly<payloads.Location>): WildfirePayload {
  const { name, address, latitude: lat, longitude: long } = place;
  return {
    ...empty,
    type: 4,
    searchableContent: name || address,
    content: json({ lat, long }),
  };
}

/** A link. */
export function linkPayload(link: Readonly<payloads.UrlLink>): WildfirePayload {
  const { title, url: u, description: d = '', thumbnailUrl: t = '' } = link;
  return { ...empty, type: 8, searchableContent: title, base64edData: base64(json({ d, u, t })) };
}

/** Somebody's card. */
export interface Card {
  readonly id: string;
  readonly kind: 'user' | 'group' | 'channel';
  readonly name: string;
  readonly portrait: string;
}

/** The card of a user, a group or a channel. */
export function cardPayload({ id, kind, name, portrait }: Card): WildfirePayload {
  const t = { user: 0, group: 1, channel: 2 }[kind];
  return {
    ...empty,
    type: 10,
    content: id,
    base64edData: base64(json({ t, n: name, d: name, p: portrait, f: '' })),
    pushContent: name,
  };
}

/** A notification with lines, as services send them. */
export interface RichNotification {
  readonly title: string;
  readonly description: string;
  readonly lines: readonly { readonly key: string; readonly value: string }[];
  readonly remark?: string;
  /** Where a tap leads. */
  readonly url?: string;
}

/** A rich notification (富通知). */
export function richNotificationPayload(notification: RichNotification): WildfirePayload {
  const { title, description, lines, remark = '', url = '' } = notification;
  const datas = lines.map(({ key, value }) => ({ key, value }));
  return {
    ...empty,
    type: 12,
    pushContent: title,
    content: description,
    base64edData: base64(json({ remark, exUrl: url, datas })),
  };
}

function json(value: object): string {
  return JSON.stringify(value);
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
