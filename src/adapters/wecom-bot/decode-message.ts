import { types } from 'wechaty-puppet';
import { findMentions } from '../../core/text/mention/find-mentions.js';
import { removeMentions } from '../../core/text/mention/remove-mentions.js';
import type { DecodeContext, DecodedMessage, Media, Question } from './decoded.js';
import type { Callback, Shown } from './schema/callback.js';

/** What WeChat itself puts between a quotation and what is said to it. */
const divider = '- - - - - - - - - - - - - - -';

type Received = NonNullable<Shown['image']>;

interface File {
  readonly type: types.Message;
  readonly extension: string;
  readonly media: Media;
}

/**
 * A message of a person. Files that come with a text, or are quoted in it, are messages of their
 * own before it: Wechaty's have either. All of them are one question.
 */
export function decodeMessages(
  callback: Callback,
  question: Question,
  context: DecodeContext,
): readonly DecodedMessage[] {
  const { quote } = callback;
  const files = [...(quote ? filesOf(quote) : []), ...filesOf(callback)];
  const said = withoutMention(textOf(callback), context.botName);
  const quoted = quote ? textOf(quote) : '';
  const text = quoted === '' ? said : `「${quoted}」\n${divider}\n${said}`;
  const base = baseOf(question, context);
  const isAlone = files.length === 1 && said === '';
  const messages = files.map(({ type, extension, media }, index): DecodedMessage => {
    const id = isAlone ? question.id : `${question.id}-${index + 1}`;
    return { payload: { ...base, id, type, filename: `${id}${extension}` }, media };
  });
  const hasText = said !== '' || (files.length === 0 && isText(callback));
  if (!hasText) return messages;
  const payload = { ...base, id: question.id, type: types.Message.Text, text };
  const parts = quoted === '' ? {} : { said: { words: said, quoted: { text: quoted } } };
  return [...messages, { payload, ...parts }];
}

function isText({ text, voice, mixed }: Shown): boolean {
  return text !== undefined || voice !== undefined || mixed !== undefined;
}

function baseOf({ conversation, userId }: Question, { botId, receivedAt }: DecodeContext) {
  const timestamp = Math.floor(receivedAt / 1000);
  // A group's message reaches a bot only when it is mentioned (D100719).
  return conversation.kind === 'room'
    ? { talkerId: userId, roomId: conversation.id, mentionIdList: [botId], timestamp }
    : { talkerId: userId, listenerId: botId, timestamp };
}

/** A voice comes as what was understood; there is no sound. */
function textOf({ text, voice, mixed }: Shown): string {
  const items = mixed?.msg_item.flatMap((item) => item.text?.content ?? []) ?? [];
  return [text?.content, voice?.content, ...items].filter((one) => one !== undefined).join('\n');
}

function filesOf({ image, file, video, mixed }: Shown): readonly File[] {
  const images = [image, ...(mixed?.msg_item.map((item) => item.image) ?? [])];
  return [
    ...images.flatMap((one) => fileOf(one, types.Message.Image, '.jpg')),
    ...fileOf(video, types.Message.Video, '.mp4'),
    ...fileOf(file, types.Message.Attachment, ''),
  ];
}

function fileOf(media: Received | undefined, type: types.Message, extension: string): File[] {
  if (media === undefined) return [];
  const { url, aeskey: aesKey } = media;
  return [{ type, extension, media: { url, ...(aesKey !== undefined && { aesKey }) } }];
}

/** A text without the bot's own `@name`. */
export function withoutMention(text: string, name: string | undefined): string {
  if (name === undefined) return text;
  // A group's message reaches a bot only when it is mentioned (D100719): nothing needs to follow.
  return removeMentions(text, findMentions(text, [{ names: [name], isTold: true }]));
}
