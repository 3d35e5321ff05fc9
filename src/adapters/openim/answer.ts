import { ContentType } from './schema/elements.js';
import { type DocumentFor, isRecord, type OpenIMDocument, parseRecord } from './schema/index.js';

/** What a callback is answered. The server never looks at the status. */
export interface CallbackAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** Codes below this mean something to the server itself, codes above the last nothing to anybody. */
export const refusalCodes = { min: 5000, max: 9999, default: 5001 } as const;

/**
 * All zero: the one acknowledgement that every server from 3.0 on takes for "go on". Numbers must be
 * numbers and texts texts, or the answer counts as none.
 */
const goOn = { actionCode: 0, errCode: 0, errMsg: '', errDlt: '', nextCode: 0 };

/** Acknowledges what needs no decision: everything that comes after the fact, and what is unknown. */
export const acknowledged: CallbackAnswer = json(goOn);

/**
 * Lets happen what the server asks about.
 *
 * Two commands take a bare acknowledgement for an order to empty the group: they get back what they
 * sent. `beforeMsgModify` alone can be told another text; elsewhere `text` is without effect, as it
 * is for what is no text.
 *
 * @param text replaces that of the message
 */
export function allowed(document: OpenIMDocument, text?: string): CallbackAnswer {
  if (document.command === 'callbackBeforeSetGroupInfoCommand') return json(oldGroupEcho(document));
  if (document.command === 'callbackBeforeSetGroupInfoExCommand') return json(groupEcho(document));
  if (document.command !== 'callbackBeforeMsgModifyCommand' || text === undefined) {
    return acknowledged;
  }
  const content = contentWith(document, text);
  return content === undefined ? acknowledged : json({ ...goOn, content });
}

/**
 * Forbids it. `actionCode` has to be 0 and `nextCode` 1 on 3.7 and later, `errCode` not 0 on 3.4 and
 * earlier; 3.6 cannot be told no.
 *
 * @param reason shown to who wanted it
 * @param code 5000 to 9999; anything else becomes the default, 5001
 */
export function refused(reason: string, code: number = refusalCodes.default): CallbackAnswer {
  const { min, max } = refusalCodes;
  const isFree = Number.isInteger(code) && code >= min && code <= max;
  const errCode = isFree ? code : refusalCodes.default;
  const errMsg = reason === '' ? 'Refused. / 已被拒绝。' : reason;
  return json({ actionCode: 0, errCode, errMsg, errDlt: errMsg, nextCode: 1 });
}

function json(fields: object): CallbackAnswer {
  return {
    status: 200,
    contentType: 'application/json; charset=utf-8',
    body: JSON.stringify(fields),
  };
}

/** The old command overwrites these four whatever is answered, and keeps all that is left out. */
function oldGroupEcho(document: DocumentFor<'callbackBeforeSetGroupInfoCommand'>) {
  const { groupID, groupName = '', faceURL = '', introduction = '' } = document;
  return { ...goOn, groupID, groupName, faceURL, introduction };
}

/** The new command drops from the change what is left out; `notification` alone it keeps by itself. */
function groupEcho(document: DocumentFor<'callbackBeforeSetGroupInfoExCommand'>) {
  const { groupID, groupName, introduction, faceURL, ex } = document;
  const { needVerification, lookMemberInfo, applyMemberFriend } = document;
  // What is undefined is left out of the JSON.
  const texts = { groupName, introduction, faceURL, ex };
  return { ...goOn, groupID, ...texts, needVerification, lookMemberInfo, applyMemberFriend };
}

/** The content with another text, as a document: servers reject or break on anything else. */
function contentWith(
  { content, contentType }: DocumentFor<'callbackBeforeMsgModifyCommand'>,
  text: string,
): string | undefined {
  const key = textKeys.get(contentType);
  if (key === undefined) return undefined;
  const element = parseRecord(content);
  return JSON.stringify({ ...(isRecord(element) ? element : {}), [key]: text });
}

/** Where the text of a message stands. */
const textKeys: ReadonlyMap<number | undefined, string> = new Map([
  [ContentType.Text, 'content'],
  [ContentType.Markdown, 'content'],
  [ContentType.AtText, 'text'],
  [ContentType.Quote, 'text'],
  [ContentType.AdvancedText, 'text'],
]);
