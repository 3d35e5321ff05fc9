import { MessageType } from '../../../core/message-type.js';
import {
  articlesSchema,
  binaryJson,
  cardSchema,
  compositeSchema,
  durationSchema,
  innerJson,
  linkSchema,
  noticeLinesSchema,
  placeSchema,
  quoteSchema,
  readInner,
} from '../schema/content.js';
import type { WildfirePayload } from '../schema/payload.js';
import type { MediaContent, MessageContent } from './event.js';
import { fileNameIn } from './file-name-in.js';

type Reader = (payload: WildfirePayload) => MessageContent;

/** What a message says, in Wechaty's words; of a type that has none, its text and `Unknown`. */
export function contentOf(payload: WildfirePayload): MessageContent {
  return (readers.get(payload.type) ?? unknown)(payload);
}

const unknown: Reader = ({ searchableContent: text }) => ({ type: MessageType.Unknown, text });

const textContent: Reader = ({ searchableContent: text, base64edData }) => {
  const { quote } = readInner(quoteSchema, binaryJson(base64edData));
  return {
    type: MessageType.Text,
    text,
    ...(quote && {
      quote: { messageId: quote.u, userId: quote.i, name: quote.n, text: quote.d },
    }),
  };
};

/** A file at an address, with its thumbnail where there is one. */
function media(type: MessageType, fallbackName: string): Reader {
  return ({ remoteMediaUrl: url, searchableContent, content, base64edData }) => {
    const isFile = type === MessageType.Attachment;
    const named = isFile && searchableContent !== '' ? searchableContent : url;
    const hasThumbnail = type === MessageType.Image || type === MessageType.Video;
    const file: MediaContent = {
      url,
      name: fileNameIn(named) || fallbackName,
      ...(isFile ? sizeIn(content) : secondsIn(content)),
      ...(hasThumbnail && base64edData !== '' && { thumbnail: base64edData }),
    };
    return { type, text: '', media: file };
  };
}

function secondsIn(content: string): { readonly seconds?: number } {
  const { duration, d } = readInner(durationSchema, innerJson(content));
  const seconds = duration || d;
  return seconds > 0 ? { seconds } : {};
}

function sizeIn(content: string): { readonly bytes?: number } {
  return /^\d{1,15}$/u.test(content) ? { bytes: Number(content) } : {};
}

const location: Reader = ({ searchableContent: name, content }) => {
  const { lat: latitude, long: longitude } = readInner(placeSchema, innerJson(content));
  const place = { name, address: name, latitude, longitude, accuracy: 0 };
  return { type: MessageType.Location, text: name, location: place };
};

const link: Reader = ({ searchableContent: title, base64edData }) => {
  const {
    d: description,
    u: url,
    t: thumbnailUrl,
  } = readInner(linkSchema, binaryJson(base64edData));
  return {
    type: MessageType.Url,
    text: title,
    link: { title, url, description, ...(thumbnailUrl && { thumbnailUrl }) },
  };
};

const articles: Reader = ({ searchableContent: text, base64edData }) => {
  const { top } = readInner(articlesSchema, binaryJson(base64edData));
  if (!top) return { type: MessageType.Text, text };
  const { title, url, digest: description, cover } = top;
  return {
    type: MessageType.Url,
    text: text || title,
    link: { title, url, description, ...(cover && { thumbnailUrl: cover }) },
  };
};

const cardKinds = ['user', 'group', 'channel'] as const;

const card: Reader = ({ content: id, base64edData }) => {
  const { t, n, d, p } = readInner(cardSchema, binaryJson(base64edData));
  const contact = { id, kind: cardKinds[t] ?? 'user', name: d || n, portrait: p };
  return { type: MessageType.Contact, text: contact.name, contact };
};

const composite: Reader = ({ content: text, base64edData, remoteMediaUrl }) => {
  const { ms } = readInner(compositeSchema, binaryJson(base64edData));
  return {
    type: MessageType.ChatHistory,
    text,
    // Of a long one only the first few are inside, and all at this address.
    ...(remoteMediaUrl && {
      media: { url: remoteMediaUrl, name: fileNameIn(remoteMediaUrl) || 'messages.json' },
    }),
    history: ms
      .filter((item) => item !== undefined)
      .map((item) => ({
        messageId: item.uid,
        userId: item.from,
        at: item.serverTime,
        payloadType: item.ctype,
        text: item.csc || item.cc,
      })),
  };
};

const richNotification: Reader = ({ pushContent, content, base64edData }) => {
  const { datas, remark } = readInner(noticeLinesSchema, binaryJson(base64edData));
  const lines = datas.map(({ key, value }) => `${key}: ${value}`);
  const text = [pushContent, content, ...lines, remark].filter((line) => line !== '').join('\n');
  return { type: MessageType.Text, text };
};

const tip: Reader = ({ content: text }) => ({ type: MessageType.System, text });

/** By the type of the payload. */
const readers: ReadonlyMap<number, Reader> = new Map([
  [1, textContent],
  [2, media(MessageType.Audio, 'voice.amr')],
  [3, media(MessageType.Image, 'image.jpg')],
  [4, location],
  [5, media(MessageType.Attachment, 'file')],
  [6, media(MessageType.Video, 'video.mp4')],
  [7, media(MessageType.Emoticon, 'sticker.gif')],
  [8, link],
  [9, textContent],
  [10, card],
  [11, composite],
  [12, richNotification],
  [13, articles],
  [15, textContent],
  [23, media(MessageType.Audio, 'voice.amr')],
  [90, tip],
  [510, textContent],
  [511, textContent],
]);
