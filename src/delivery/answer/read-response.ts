import type { Reply } from '../../core/reply.js';
import type { TaskResponse } from '../../core/task.js';
import { type RunEventTaskResponse, runEventTaskResponseSchema } from '../../protocol/response.js';
import type { Answer } from './answer.js';
import { describeFault } from './body-fault.js';
import { decodeBody, parseContentType } from './content-type.js';

/** A body made into replies, or why it is no valid response. */
export type ReadResponse =
  | { readonly kind: 'valid'; readonly response: TaskResponse }
  | { readonly kind: 'invalid'; readonly reason: string };

const nothing: ReadResponse = { kind: 'valid', response: { replies: [] } };

/**
 * Reads the body of a 2xx response.
 *
 * Nothing or white space: no replies. `text/plain`: one text. JSON: the message, unless blank, then
 * the replies; `success: false` gives a refusal and no replies. JSON without a content type is
 * taken as well. Everything else is invalid; the reason never holds anything of the body.
 */
export function readResponse(answer: Extract<Answer, { kind: 'response' }>): ReadResponse {
  if (answer.events) return readEvents(answer.events);
  const { type, charset } = parseContentType(answer.contentType);
  const text = decodeBody(answer.body, charset);
  if (text.trim() === '') return nothing;
  if (type === 'text/plain') return replying([{ type: 'text', text }]);
  if (isJson(type)) return readJson(text);
  return { kind: 'invalid', reason: `content-type ${shorten(type)}` };
}

function isJson(type: string): boolean {
  // Receivers written by hand often forget the header: what parses as a response is one.
  return type === '' || type === 'application/json' || type.endsWith('+json');
}

function readEvents(events: NonNullable<Extract<Answer, { kind: 'response' }>['events']>) {
  if (events.kind === 'invalid') return { kind: 'invalid', reason: events.reason } as const;
  return replying([...textReply(events.text), ...events.replies]);
}

function readJson(text: string): ReadResponse {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's own words quote the body, so they are not kept.
    return { kind: 'invalid', reason: 'no JSON' };
  }
  const parsed = runEventTaskResponseSchema.safeParse(value);
  if (parsed.success) return { kind: 'valid', response: toResponse(parsed.data) };
  return { kind: 'invalid', reason: `response${describeFault(parsed.error, value)}` };
}

function toResponse({ success, message, replies }: RunEventTaskResponse): TaskResponse {
  if (!success) return { replies: [], refusal: message };
  return { replies: [...textReply(message), ...(replies ?? [])] };
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
