import type { IncomingHttpHeaders } from 'node:http';
import type { Answer } from './answer/answer.js';
import { createDecoder, parseContentType } from './answer/content-type.js';
import type { StreamReader } from './answer/stream/content.js';
import { createEventStreamReader } from './answer/stream/event-stream.js';
import { beginsJsonLines, createJsonLinesReader } from './answer/stream/json-lines.js';

/** What the body of a response came to. */
export type Collected = Pick<
  Extract<Answer, { kind: 'response' }>,
  'body' | 'stream' | 'streamBytes'
>;

/** Gathers the body of a response. */
export interface Collector {
  /** Takes the next bytes; true when the rest does not matter. */
  readonly push: (chunk: Buffer) => boolean;
  readonly collected: () => Collected;
}

/** Is given the text so far, whenever there is more of it. */
type OnText = ((text: string) => void) | undefined;

const jsonLines: ReadonlySet<string> = new Set([
  'application/x-ndjson',
  'application/ndjson',
  'application/jsonl',
  'application/x-jsonlines',
]);

const noBody = Buffer.alloc(0);
const lineEnd = 0x0a;

/** Gathers a body by its type: streams are read as they come, plain text is shown as it comes. */
export function createCollector(headers: IncomingHttpHeaders, onText?: OnText): Collector {
  const { type, charset } = parseContentType(headers['content-type'] ?? '');
  if (type === 'text/event-stream') return streamCollector(createEventStreamReader(), onText);
  if (jsonLines.has(type)) return streamCollector(createJsonLinesReader(), onText);
  // What has a length comes at once.
  const grows = headers['content-length'] === undefined;
  if (grows && type === 'application/json') return jsonCollector(onText);
  if (grows && type === 'text/plain') return plainCollector(charset, onText);
  return wholeCollector();
}

function wholeCollector(onChunk?: (chunk: Buffer) => void): Collector {
  const chunks: Buffer[] = [];
  return {
    push: (chunk) => {
      chunks.push(chunk);
      onChunk?.(chunk);
      return false;
    },
    collected: () => ({ body: Buffer.concat(chunks) }),
  };
}

function streamCollector(reader: StreamReader, onText: OnText): Collector {
  let streamBytes = 0;
  let length = 0;
  return {
    push: (chunk) => {
      streamBytes += chunk.length;
      reader.push(chunk);
      const { text } = reader;
      if (text.length > length) onText?.(text);
      ({ length } = text);
      return reader.done;
    },
    collected: () => ({ body: noBody, stream: reader.end(), streamBytes }),
  };
}

/** A text is shown as it comes, unless it may be JSON with a wrong label. */
function plainCollector(charset: string, onText: OnText): Collector {
  const decoder = createDecoder(charset);
  let text = '';
  /** Told by the first character that is no white space, once. */
  let isText: boolean | undefined;
  return wholeCollector((chunk) => {
    const piece = decoder.decode(chunk, { stream: true });
    const start = piece.search(/\S/u);
    if (start >= 0) isText ??= !'[{'.includes(piece.charAt(start));
    text += piece;
    if (isText) onText?.(text);
  });
}

/** JSON, unless its first line shows that it is one of many: some tools label them so. */
function jsonCollector(onText: OnText): Collector {
  const whole = wholeCollector();
  let lines: Collector | undefined;
  let hasLine = false;
  return {
    push: (chunk) => {
      if (lines) return lines.push(chunk);
      whole.push(chunk);
      if (hasLine || !chunk.includes(lineEnd)) return false;
      hasLine = true;
      const { body } = whole.collected();
      if (!beginsJsonLines(body.toString('utf8', 0, body.indexOf(lineEnd)))) return false;
      lines = streamCollector(createJsonLinesReader(), onText);
      return lines.push(body);
    },
    collected: () => (lines ?? whole).collected(),
  };
}
