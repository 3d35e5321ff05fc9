import type { Conversation } from '../../core/event.js';
import { everybodyTag } from './decode/rich-text-body.js';
import {
  checked,
  checkMedia,
  checkText,
  invalid,
  type OutgoingContent,
  type UploadedMedia,
} from './encode/outgoing-content.js';
import { ContentType } from './schema/elements.js';

/** Where it is said, as `/msg/send_msg` wants it: 1 is a private chat, 3 a group. */
export type OutgoingTarget =
  | { readonly sessionType: 1; readonly recvID: string }
  | { readonly sessionType: 3; readonly groupID: string };

/** Somebody who is mentioned. */
export interface MentionedUser {
  /** A user id; `@all` is everybody. */
  readonly id: string;
  /** As it stands behind the `@` in the text. */
  readonly name: string;
}

/** Width and height in pixels. */
export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

/** The message that is quoted. */
export interface QuotedMessage {
  readonly id: string;
  readonly senderId: string;
  readonly senderName: string;
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly sentAt: number;
}

const maxMentions = 1000;

/** The place of a conversation. */
export function encodeTarget({ kind, id }: Conversation): OutgoingTarget {
  return kind === 'room' ? { sessionType: 3, groupID: id } : { sessionType: 1, recvID: id };
}

/**
 * A text, with mentions where there are any.
 *
 * @throws CallbackError `openim-text-blank`, `openim-too-many-mentions`, `openim-content-too-large`
 */
export function encodeText(text: string, mentions: readonly MentionedUser[] = []): OutgoingContent {
  checkText(text);
  if (mentions.length === 0) return checked(ContentType.Text, { content: text });
  if (mentions.length > maxMentions) {
    throw invalid('openim-too-many-mentions', {
      en: `OpenIM takes at most ${maxMentions} mentions in one message, not ${mentions.length}.`,
      zh: `OpenIM 单条消息至多提及 ${maxMentions} 人，现有 ${mentions.length} 人。`,
    });
  }
  const known = mentions.map(({ id, name }) => ({
    atUserID: id === '@all' ? everybodyTag : id,
    groupNickname: name,
  }));
  return checked(ContentType.AtText, {
    text,
    atUserList: known.map(({ atUserID }) => atUserID),
    atUsersInfo: known,
    isAtSelf: false,
  });
}

/** A text in Markdown; only servers after v3.8.3 take it. Throws as `encodeText` does. */
export function encodeMarkdown(text: string): OutgoingContent {
  checkText(text);
  return checked(ContentType.Markdown, { content: text });
}

/** An answer that shows what it answers; only servers after v3.8.3 take it. Throws as `encodeText`. */
export function encodeQuote(text: string, quoted: QuotedMessage): OutgoingContent {
  checkText(text);
  const { id, senderId, senderName, sentAt } = quoted;
  return checked(ContentType.Quote, {
    text,
    quoteMessage: {
      clientMsgID: id,
      createTime: sentAt,
      sendTime: sentAt,
      sendID: senderId,
      senderNickname: senderName,
      msgFrom: 100,
      contentType: ContentType.Text,
      textElem: { content: quoted.text },
    },
  });
}

/**
 * A picture. Clients lay it out by its size, and the server insists on one.
 *
 * @throws CallbackError `openim-media-incomplete`
 */
export function encodePicture(media: UploadedMedia, size: PixelSize): OutgoingContent {
  const { width, height } = size;
  checkMedia(media, { width, height });
  const { url, mediaType } = media;
  const picture = { uuid: url, type: mediaType, size: media.size, width, height, url };
  return checked(ContentType.Picture, {
    sourcePicture: picture,
    bigPicture: picture,
    snapshotPicture: picture,
  });
}

/** A voice message; `seconds` is rounded up to at least 1. Throws as `encodePicture` does. */
export function encodeVoice(media: UploadedMedia, seconds: number): OutgoingContent {
  const duration = wholeSeconds(seconds);
  checkMedia(media, { seconds: duration });
  const { url, size, mediaType } = media;
  return checked(ContentType.Voice, {
    uuid: url,
    sourceUrl: url,
    dataSize: size,
    duration,
    soundType: mediaType,
  });
}

/** What clients show of a video before it is played. */
export interface VideoPreview extends PixelSize {
  readonly url: string;
  /** In bytes. */
  readonly size: number;
  /** Of the video. */
  readonly seconds: number;
}

/** A video; without a preview the server takes none. Throws as `encodePicture` does. */
export function encodeVideo(media: UploadedMedia, preview: VideoPreview): OutgoingContent {
  const { width, height } = preview;
  const duration = wholeSeconds(preview.seconds);
  checkMedia(media, { width, height, seconds: duration });
  return checked(ContentType.Video, {
    videoUrl: media.url,
    videoType: media.mediaType,
    videoSize: media.size,
    duration,
    snapshotUrl: preview.url,
    snapshotSize: preview.size,
    snapshotWidth: width,
    snapshotHeight: height,
  });
}

/** A file. Throws as `encodePicture` does. */
export function encodeFile(media: UploadedMedia, fileName: string): OutgoingContent {
  checkMedia(media, {});
  const { url, size, mediaType } = media;
  const content = { uuid: url, sourceUrl: url, fileName: fileName || 'file', fileSize: size };
  return checked(ContentType.File, { ...content, fileType: mediaType });
}

/** What an app invents. `data` is a text, by custom a JSON document. Throws as `encodeText` does. */
export function encodeCustom(data: string, description = '', extension = ''): OutgoingContent {
  checkText(data);
  return checked(ContentType.Custom, { data, description, extension });
}

function wholeSeconds(seconds: number): number {
  return Math.max(1, Math.ceil(seconds));
}
