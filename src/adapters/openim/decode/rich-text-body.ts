import { types } from 'wechaty-puppet';
import { type InnerMessage, richTextElement } from '../schema/elements.js';
import type { JsonRecord } from '../schema/index.js';
import type { MessageBody, Quoted } from './decoded.js';

/** Stands for everybody in lists of mentions and in texts. */
export const everybodyTag = 'AtAllTag';
const everybodyText = '所有人';

/** A text with mentions, a quote or a rich text. What is quoted stays out of the text. */
export function richTextBody(element: JsonRecord, content: string): MessageBody {
  const { text, atUserList, atUsersInfo, quoteMessage } = richTextElement.parse(element);
  if (typeof element['text'] !== 'string') return { type: types.Message.Text, text: content };
  const mentionIds = [...atUserList, ...atUsersInfo.map(({ atUserID }) => atUserID)];
  const quoted = quoteMessage && quotedOf(quoteMessage);
  const names = namesOf(atUsersInfo);
  return {
    type: types.Message.Text,
    text: withNames(text, names),
    ...(names.size > 0 && { names: Object.fromEntries(names) }),
    ...(mentionIds.length > 0 && { mentionIds }),
    ...(quoted && { quoted }),
  };
}

interface Named {
  readonly atUserID: string;
  readonly groupNickname: string;
}

function namesOf(named: readonly Named[]): ReadonlyMap<string, string> {
  return new Map(
    named.flatMap(({ atUserID, groupNickname }) =>
      atUserID === '' || groupNickname === '' ? [] : [[atUserID, groupNickname] as const],
    ),
  );
}

/** Clients write `@<user id>` and show `@<name>`: the text has what people see. */
function withNames(text: string, names: ReadonlyMap<string, string>): string {
  // An id ends where white space begins: `@1` is not found in `@12`.
  return text.replaceAll(/@(\S+)/gu, (whole, id: string) => {
    const name = id === everybodyTag ? everybodyText : names.get(id);
    return name === undefined ? whole : `@${name}`;
  });
}

function quotedOf(quote: InnerMessage): Quoted {
  const texts = [
    quote.textElem?.content,
    quote.atTextElem?.text,
    quote.quoteElem?.text,
    quote.advancedTextElem?.text,
    quote.markdownTextElem?.content,
    quote.fileElem?.fileName,
    quote.mergeElem?.title,
  ];
  return {
    messageId: quote.clientMsgID,
    senderId: quote.sendID,
    senderName: quote.senderNickname,
    text: texts.find((text) => text !== undefined && text !== '') ?? '',
  };
}
