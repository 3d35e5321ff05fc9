import { z } from 'zod';
import type { Reply } from '../../core/reply.js';
import type { TaskResponse } from '../../core/task.js';
import { runEventTaskResponseSchema } from '../../protocol/response.js';
import type { Answer } from './answer.js';
import { describeFault } from './body-fault.js';
import { decodeBody, parseContentType } from './content-type.js';
import type { StreamContent } from './stream/content.js';

/** A body made into replies, or why it is no valid response. */
export type ReadResponse =
  | { readonly kind: 'valid'; readonly response: TaskResponse }
  | { readonly kind: 'invalid'; readonly reason: string }
  /** Half an answer: a stream that does not say that it ended. */
  | { readonly kind: 'broken' };

/** The answer of a receiver, read leniently: without a message, or with `null` for one, nothing is said. */
export const lenientResponseSchema = runEventTaskResponseSchema.extend({
  message: z
    .string()
    .nullish()
    .transform((message) => message ?? ''),
});

const nothing: ReadResponse = { kind: 'valid', response: { replies: [] } };

/** Labels under which JSON comes by mistake: what is an answer is read as one. */
const wrongLabels: ReadonlySet<string> = new Set(['', 'text/plain', 'text/html']);

/** The beginning of a tag of HTML, of a comment or a declaration; `3 < 4` and `List<String>` are none. */
const markup =
  /<(?:[!/?]|(?:html|head|body|title|meta|link|script|style|div|p|br|hr|span|a|b|i|u|em|strong|[uo]l|li|h[1-6]|table|t[rdh]|img|pre|code|form|input|button|font|center|iframe|svg)\b)/iu;

/**
 * Reads the body of a 2xx response.
 *
 * Nothing or white space: no replies. `text/plain`: one text, `text/html` without markup likewise.
 * JSON: the message, unless blank, then the replies; `success: false` gives a refusal and no replies.
 * Read as well: JSON with a wrong label, a list of one answer, a JSON string as a text. Everything else is invalid, JSON in place of
 * words, too; the reason never holds anything of the body.
 */
export function readResponse(answer: Extract<Answer, { kind: 'response' }>): ReadResponse {
  if (answer.stream) return readStream(answer.stream);
  const { type, charset } = parseContentType(answer.contentType);
  const text = decodeBody(answer.body, charset);
  if (text.trim() === '') return nothing;
  if (isJson(type)) return readJson(parsed(text));
  const value = wrongLabels.has(type) ? parsed(text) : undefined;
  if (isAnswer(value) || type === '') return readJson(value);
  if (!isWords(type, text)) return { kind: 'invalid', reason: `content-type ${shorten(type)}` };
  return holdsObjects(value) ? readJson(value) : replying(textReply(text));
}

function isJson(type: string): boolean {
  return type === 'application/json' || type === 'text/json' || type.endsWith('+json');
}

function readStream(stream: StreamContent): ReadResponse {
  if (stream.kind === 'invalid') return { kind: 'invalid', reason: stream.reason };
  if (stream.kind === 'broken') return stream;
  return replying([...textReply(stream.text), ...stream.replies]);
}

function readJson(value: unknown): ReadResponse {
  if (value === undefined) return { kind: 'invalid', reason: 'no JSON' };
  if (typeof value === 'string') return replying(textReply(value));
  const list: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
  const answer = isAnswer(list) ? list : value;
  const read = lenientResponseSchema.safeParse(answer);
  if (!read.success)
    return { kind: 'invalid', reason: `response${describeFault(read.error, answer)}` };
  const { success, message, replies = [] } = read.data;
  if (!success) return { kind: 'valid', response: { replies: [], refusal: message } };
  return replying([...textReply(message), ...replies]);
}

/** Plain text, or what many frameworks label as HTML though it is a string: a page has markup. */
function isWords(type: string, text: string): boolean {
  return type === 'text/plain' || (type === 'text/html' && !markup.test(text));
}

/** The value of a JSON text; `undefined` for any other. The parser's own words quote it, so they are dropped. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isAnswer(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return typeof (value as { readonly success?: unknown }).success === 'boolean';
}

/** What a program wrote for a program, and no person reads: an object, or a list of some. */
function holdsObjects(value: unknown): boolean {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  return typeof one === 'object' && one !== null;
}

function textReply(text: string): readonly Reply[] {
  return text.trim() === '' ? [] : [{ type: 'text', text }];
}

function replying(replies: readonly Reply[]): ReadResponse {
  return { kind: 'valid', response: { replies } };
}

function shorten(type: string): string {
  return type.slice(0, 60);
}
