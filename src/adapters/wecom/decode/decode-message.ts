import { type payloads, types } from 'wechaty-puppet';
import type { MessageDocument } from '../schema/index.js';
import type { DecodeContext, DecodedMessage, Media } from './decoded.js';
import { plaintextId, timestampOf } from './event-id.js';

/** What one kind of message adds to the common fields. */
interface Body {
  readonly type: types.Message;
  readonly text?: string;
  readonly filename?: string;
  readonly media?: Media;
  readonly location?: payloads.Location;
  readonly link?: payloads.UrlLink;
}

/** A message of the member `talkerId` to the app. */
export function decodeMessage(
  document: MessageDocument,
  talkerId: string,
  { botId, plaintext, receivedAt }: DecodeContext,
): DecodedMessage {
  const id = document.MsgId || plaintextId(plaintext);
  const { type, text, filename, ...beside } = bodyOf(document, id);
  const payload: payloads.Message = {
    id,
    type,
    talkerId,
    listenerId: botId,
    timestamp: timestampOf(document.CreateTime, receivedAt),
    ...(text === undefined ? {} : { text }),
    ...(filename === undefined ? {} : { filename }),
  };
  return { kind: 'message', id, payload, ...beside };
}

type Of<MsgType extends MessageDocument['MsgType']> = Extract<
  MessageDocument,
  { readonly MsgType: MsgType }
>;

const bodies: {
  readonly [MsgType in MessageDocument['MsgType']]: (document: Of<MsgType>, id: string) => Body;
} = {
  text: ({ Content }) => ({ type: types.Message.Text, text: Content }),
  image: imageBody,
  voice: voiceBody,
  video: videoBody,
  file: fileBody,
  location: locationBody,
  link: linkBody,
};

function bodyOf(document: MessageDocument, id: string): Body {
  const body = bodies[document.MsgType] as (document: MessageDocument, id: string) => Body;
  return body(document, id);
}

function imageBody({ MediaId: mediaId, PicUrl: pictureUrl }: Of<'image'>, id: string): Body {
  const media = { mediaId, ...(pictureUrl ? { pictureUrl } : {}) };
  return { type: types.Message.Image, filename: `${id}.jpg`, media };
}

function voiceBody({ MediaId: mediaId, Format, Recognition }: Of<'voice'>, id: string): Body {
  const format = Format?.toLowerCase() || 'amr';
  return {
    type: types.Message.Audio,
    ...(Recognition ? { text: Recognition } : {}),
    filename: `${id}.${fileNameOf(format)}`,
    media: { mediaId, format },
  };
}

function videoBody(
  { MediaId: mediaId, ThumbMediaId: thumbMediaId }: Of<'video'>,
  id: string,
): Body {
  const media = { mediaId, ...(thumbMediaId ? { thumbMediaId } : {}) };
  return { type: types.Message.Video, filename: `${id}.mp4`, media };
}

function fileBody({ MediaId: mediaId, FileName = '' }: Of<'file'>, id: string): Body {
  return {
    type: types.Message.Attachment,
    filename: fileNameOf(FileName) || id,
    media: { mediaId },
  };
}

/** The last part of a path: a name that somebody else chose must not climb. */
function fileNameOf(name: string): string {
  const last = name.trim().split(/[/\\]/u).at(-1) ?? '';
  return last === '.' || last === '..' ? '' : last;
}

/** In the text the place stands in words and in numbers, for rules and for receivers. */
function locationBody({ Location_X, Location_Y, Label = '' }: Of<'location'>): Body {
  return {
    type: types.Message.Location,
    text: lines(Label, `${Location_X},${Location_Y}`),
    location: {
      // WeCom tells the zoom of the map (Scale), not how exact the place is.
      accuracy: 0,
      address: Label,
      name: Label,
      latitude: Location_X,
      longitude: Location_Y,
    },
  };
}

function linkBody({ Title = '', Description = '', Url, PicUrl }: Of<'link'>): Body {
  const link = {
    title: Title,
    url: Url,
    ...(Description ? { description: Description } : {}),
    ...(PicUrl ? { thumbnailUrl: PicUrl } : {}),
  };
  return { type: types.Message.Url, text: lines(Title, Description, Url), link };
}

function lines(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n');
}
