import type { StreamReader } from './content.js';
import { Gathering } from './gathering.js';
import { streamReader } from './stream-reader.js';

/** A reader of one stream of JSON objects, one a line (NDJSON). */
export function createJsonLinesReader(): StreamReader {
  const gathering = new Gathering();
  /** The line that has not come whole. */
  let rest = '';
  const feed = (text: string) => {
    const end = text.lastIndexOf('\n');
    if (end < 0) {
      rest += text;
      return;
    }
    const lines = (rest + text.slice(0, end)).split('\n');
    rest = text.slice(end + 1);
    for (const line of lines) gathering.takeLine(line);
  };
  return streamReader(gathering, feed, '\n');
}

/** Whether JSON whose first line came is one of many lines: an object with a name, and no answer. */
export function beginsJsonLines(line: string): boolean {
  try {
    const value = JSON.parse(line) as { type?: unknown; event?: unknown; success?: unknown } | null;
    if (value === null || typeof value !== 'object' || 'success' in value) return false;
    return typeof value.type === 'string' || typeof value.event === 'string';
  } catch {
    return false;
  }
}
