import type { StreamReader } from './content.js';
import type { Gathering } from './gathering.js';

/**
 * A reader of UTF-8 that feeds what it decodes.
 *
 * @param feed takes the next text, cut anywhere
 * @param ending completes what a body may leave open at its end
 */
export function streamReader(
  gathering: Gathering,
  feed: (text: string) => void,
  ending: string,
): StreamReader {
  const decoder = new TextDecoder();
  return {
    push: (bytes) => {
      if (!gathering.done) feed(decoder.decode(bytes, { stream: true }));
    },
    get done() {
      return gathering.done;
    },
    get text() {
      return gathering.text;
    },
    end: () => {
      if (!gathering.done) feed(`${decoder.decode()}${ending}`);
      return gathering.end();
    },
  };
}
