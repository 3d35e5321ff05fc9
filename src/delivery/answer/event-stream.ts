import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { z } from 'zod';
import type { Reply } from '../../core/reply.js';
import { repliesSchema } from '../../protocol/response.js';
import { describeFault } from './body-fault.js';

/** What a complete event stream held. */
export type EventStreamContent =
  | { readonly kind: 'content'; readonly text: string; readonly replies: readonly Reply[] }
  /** `data` is that of the event at which it went wrong. */
  | { readonly kind: 'invalid'; readonly reason: string; readonly data: string };

/** Reads a `text/event-stream` as it arrives, cut wherever the network likes. */
export interface EventStreamReader {
  /** Takes the next bytes. Bytes after the end are ignored. */
  push(bytes: Uint8Array): void;
  /** `[DONE]` came, or something that makes the rest pointless. */
  readonly done: boolean;
  /** The text so far. */
  readonly text: string;
  /** The end of the body completes the stream, `[DONE]` or not. */
  end(): EventStreamContent;
}

/** A chunk of an OpenAI chat completion, as far as it matters; `content` is null in some. */
const chunkSchema = z.object({
  choices: z.array(z.object({ delta: z.object({ content: z.string().nullish() }).optional() })),
});

/** What such servers send in place of a chunk when they fail in mid-stream. */
const errorSchema = z.object({ error: z.unknown() });

/**
 * A reader of one stream: `data:` lines are deltas of one growing text, plain or in chunks of an
 * OpenAI chat completion; `event: replies` carries a JSON array of replies. Events of other names
 * are ignored, except `error`, which makes the stream invalid.
 */
export function createEventStreamReader(): EventStreamReader {
  const decoder = new TextDecoder();
  let text = '';
  const replies: Reply[] = [];
  let invalid: { readonly reason: string; readonly data: string } | undefined;
  let done = false;
  const onEvent = (event: EventSourceMessage) => {
    if (done) return;
    const piece = readEvent(event);
    if (piece.kind === 'delta') text += piece.text;
    else if (piece.kind === 'replies') replies.push(...piece.replies);
    else if (piece.kind === 'invalid') invalid = { reason: piece.reason, data: event.data };
    done = piece.kind === 'end' || piece.kind === 'invalid';
  };
  const parser = createParser({ onEvent });
  // The parser looks for a byte order mark in the first thing it is fed; the decoder did that.
  parser.feed('');
  return {
    push: (bytes) => {
      if (!done) parser.feed(decoder.decode(bytes, { stream: true }));
    },
    get done() {
      return done;
    },
    get text() {
      return text;
    },
    end: () => {
      // Many receivers end without the blank line that completes the last event.
      if (!done) parser.feed(`${decoder.decode()}\n\n`);
      if (invalid !== undefined) return { kind: 'invalid', ...invalid };
      return { kind: 'content', text, replies };
    },
  };
}

type Piece =
  | { readonly kind: 'delta'; readonly text: string }
  | { readonly kind: 'replies'; readonly replies: readonly Reply[] }
  | { readonly kind: 'invalid'; readonly reason: string }
  | { readonly kind: 'end' }
  | { readonly kind: 'ignored' };

function readEvent({ event, data }: EventSourceMessage): Piece {
  if (event === 'replies') return readReplies(data);
  if (event === 'error') return { kind: 'invalid', reason: 'the stream reports an error' };
  if (event !== undefined && event !== 'message') return { kind: 'ignored' };
  return data.trim() === '[DONE]' ? { kind: 'end' } : readDelta(data);
}

function readReplies(data: string): Piece {
  const value = parseJson(data);
  if (value === undefined) return { kind: 'invalid', reason: 'replies: no JSON' };
  const list = repliesSchema.safeParse(value);
  if (list.success) return { kind: 'replies', replies: list.data };
  return { kind: 'invalid', reason: `replies${describeFault(list.error, value)}` };
}

function readDelta(data: string): Piece {
  // Only an object can be a chunk; prose, numbers and quoted strings are said as they are.
  const value = data.trimStart().startsWith('{') ? parseJson(data) : undefined;
  const chunk = chunkSchema.safeParse(value);
  if (chunk.success) {
    return { kind: 'delta', text: chunk.data.choices[0]?.delta?.content ?? '' };
  }
  if (errorSchema.safeParse(value).success) {
    return { kind: 'invalid', reason: 'the stream reports an error' };
  }
  return { kind: 'delta', text: data };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
