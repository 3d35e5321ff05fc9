import { z } from 'zod';
import { decimal, ids, integer, list, part, text } from './fields.js';

/** The numbers of `contentType` that messages of users have. */
export const ContentType = {
  Text: 101,
  Picture: 102,
  Voice: 103,
  Video: 104,
  File: 105,
  AtText: 106,
  Merger: 107,
  Card: 108,
  Location: 109,
  Custom: 110,
  Revoke: 111,
  Typing: 113,
  Quote: 114,
  Face: 115,
  AdvancedText: 117,
  Markdown: 118,
  CustomWithoutConversation: 119,
  CustomOnlineOnly: 120,
} as const;

/** True for what the system tells clients: never a message, never to be held up. */
export function isNotice(contentType: number | undefined): boolean {
  return contentType !== undefined && contentType >= 1000 && contentType <= 5000;
}

/** A part of a picture. Sizes are in bytes and pixels; `type` is a media type. */
const picture = part({
  uuid: text,
  type: text,
  size: integer,
  width: integer,
  height: integer,
  url: text,
});

/** A message within a message: quoted, or one of a merged history. */
const innerMessage = part({
  clientMsgID: text,
  sendID: text,
  senderNickname: text,
  groupID: text,
  contentType: integer,
  textElem: part({ content: text }),
  atTextElem: part({ text }),
  quoteElem: part({ text }),
  advancedTextElem: part({ text }),
  markdownTextElem: part({ content: text }),
  fileElem: part({ fileName: text }),
  mergeElem: part({ title: text }),
});

/** What is quoted, as far as it is of use. */
export type InnerMessage = NonNullable<z.output<typeof innerMessage>>;

/** Text (101) and Markdown (118). */
export const textElement = z.object({ content: text });
/** Picture (102). */
export const pictureElement = z.object({
  sourcePicture: picture,
  bigPicture: picture,
  snapshotPicture: picture,
});
/** Voice (103); `duration` is in seconds. */
export const voiceElement = z.object({
  sourceUrl: text,
  soundPath: text,
  dataSize: integer,
  duration: integer,
  soundType: text,
});
/** Video (104); `duration` is in seconds. */
export const videoElement = z.object({
  videoUrl: text,
  videoPath: text,
  videoType: text,
  videoSize: integer,
  duration: integer,
  snapshotUrl: text,
});
/** File (105). */
export const fileElement = z.object({
  sourceUrl: text,
  fileName: text,
  fileSize: integer,
  fileType: text,
});
/** Text with mentions (106), quote (114) and rich text (117): they have the text in one place. */
export const richTextElement = z.object({
  text,
  atUserList: ids,
  atUsersInfo: list({ atUserID: text, groupNickname: text }),
  quoteMessage: innerMessage,
});
/** A merged chat history (107). Its messages are left out: they may be megabytes. */
export const mergerElement = z.object({ title: text, abstractList: ids });
/** A contact's card (108). */
export const cardElement = z.object({ userID: text, nickname: text, faceURL: text, ex: text });
/** A place (109). */
export const locationElement = z.object({
  description: text,
  longitude: decimal,
  latitude: decimal,
});
/** What apps invent (110, 119, 120). */
export const customElement = z.object({ data: text, description: text, extension: text });
/** A sticker (115). */
export const faceElement = z.object({ index: integer, data: text });
