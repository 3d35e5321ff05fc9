import type { Verdict } from '../../core/verdict.js';
import type { WildfireMessage } from './schema/message.js';
import type { WildfirePayload } from './schema/payload.js';

/** An HTTP answer to the censor hook (外置审核). */
export interface CensorAnswer {
  readonly status: 200 | 403;
  /** To be sent with its `Content-Length`: servers before 1.3.6 skip chunked and gzipped bodies. */
  readonly body: string;
  readonly contentType?: 'application/json; charset=utf-8';
}

/**
 * Delivers the message as it is. The body is empty and must stay so: the server reads any other as a
 * payload, and what it cannot read, `ok` for one, makes it lose the message while its sender sees
 * it sent.
 */
const passAnswer: CensorAnswer = { status: 200, body: '' };

/** Delivers nothing; the sender learns it if the server's `remote_fail_when_matched` is true. */
const refuseAnswer: CensorAnswer = { status: 403, body: '' };

/** The largest message that the server takes, in Java characters. */
const maxLength = 65_536;

/**
 * The answer for a verdict; without one the message passes. A replacement that the server would not take is refused instead: a
 * verdict that the text must change is never answered with the text as it was.
 */
export function censorAnswer(verdict: Verdict | undefined, message: WildfireMessage): CensorAnswer {
  if (verdict?.kind === 'refused') return refuseAnswer;
  if (verdict?.text === undefined) return passAnswer;
  return replaceAnswer(message.payload, verdict.text);
}

function replaceAnswer(payload: WildfirePayload, text: string): CensorAnswer {
  const replaced = replacePayload(payload, text);
  if (lengthOf(replaced) > maxLength) return refuseAnswer;
  return {
    status: 200,
    body: JSON.stringify(replaced),
    contentType: 'application/json; charset=utf-8',
  };
}

const textTypes: ReadonlySet<number> = new Set([1, 9, 14, 15]);

/**
 * All fields again, because what is left out becomes empty: without `persistFlag` the message would
 * not be stored. What is no text becomes one, without the file or the data it had.
 */
function replacePayload(payload: WildfirePayload, text: string): WildfirePayload {
  const isText = textTypes.has(payload.type);
  return {
    ...payload,
    type: isText ? payload.type : 1,
    searchableContent: text,
    // Some clients write the text into the notification too.
    pushContent: payload.pushContent === '' ? '' : text,
    ...(!isText && { content: '', base64edData: '', mediaType: 0, remoteMediaUrl: '', extra: '' }),
  };
}

function lengthOf(payload: WildfirePayload): number {
  const { content, searchableContent, extra, pushContent, pushData, base64edData } = payload;
  const texts = [content, searchableContent, extra, pushContent, pushData];
  const bytes = Buffer.byteLength(base64edData, 'base64');
  return texts.reduce((sum, each) => sum + each.length, bytes);
}
