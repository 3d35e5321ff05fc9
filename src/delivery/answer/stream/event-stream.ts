import { createParser } from 'eventsource-parser';
import type { StreamReader } from './content.js';
import { Gathering } from './gathering.js';
import { streamReader } from './stream-reader.js';

/**
 * A reader of one `text/event-stream`: `data:` lines are pieces of one growing text, plain, as JSON
 * strings, or in the objects of language models and flow tools; `event: replies` carries a JSON array
 * of replies. Events of other names are passed over, except `error`, which makes the stream invalid.
 */
export function createEventStreamReader(): StreamReader {
  const gathering = new Gathering();
  const parser = createParser({
    onEvent: ({ data, event }) => gathering.takeEvent(data, event),
    onError: ({ type, line = '' }) => {
      if (type === 'unknown-field') gathering.takeLost(line);
    },
  });
  // The parser looks for a byte order mark in the first thing it is fed; the decoder did that.
  parser.feed('');
  /** The line that has not come whole. */
  let rest = '';
  const feed = (text: string) => {
    const end = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1;
    if (end > 0) parser.feed(withSpaces(rest + text.slice(0, end)));
    rest = end > 0 ? text.slice(end) : rest + text;
  };
  // Many receivers end without the blank line that completes the last event.
  return streamReader(gathering, feed, '\n\n');
}

/** The parser takes one space behind `data:` away; whether it belongs to the text shows later. */
function withSpaces(lines: string): string {
  return lines.replaceAll(/(?<=^|[\r\n])data: /gu, 'data:  ');
}
