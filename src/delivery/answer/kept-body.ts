import type { Rule } from '../../core/rule.js';
import { withoutSecrets } from '../../core/rule-secrets.js';
import { textReach } from '../../core/text/text-size.js';
import type { Answer } from './answer.js';
import { decodeBody, parseContentType } from './content-type.js';

/** Kept at most, in bytes of UTF-8. */
const maxBytes = 2048;
/** Ends what is not all of it. */
const more = '…';

/**
 * The beginning of an answer that is no valid response, as it is kept with the attempt: decoded, at
 * most 2,048 bytes of UTF-8, cut between two characters; the secrets of the rule masked, control
 * characters but line ends and tabs replaced by visible signs. Of an event stream it is the event at
 * which it went wrong.
 *
 * @returns `undefined` when nothing but white space came, or nothing at all
 */
export function keptBody(answer: Answer, rule: Pick<Rule, 'callback'>): string | undefined {
  if (answer.kind !== 'response') return undefined;
  const text = visibleText(withoutSecrets(textOf(answer), rule));
  if (text.trim() === '') return undefined;
  const isWhole = answer.isPart !== true && Buffer.byteLength(text) <= maxBytes;
  if (isWhole) return text;
  const max = maxBytes - Buffer.byteLength(more);
  return `${text.slice(0, textReach(text, 0, { unit: 'bytes', max }))}${more}`;
}

/** What a response holds, decoded: of an event stream that failed, the event at which it did. */
export function textOf({ body, contentType, stream }: Extract<Answer, { kind: 'response' }>) {
  if (stream?.kind === 'invalid') return stream.data;
  return decodeBody(body, parseContentType(contentType).charset);
}

/** What stands in Unicode for a control character, e.g. `␛`; those without a sign become U+FFFD. */
function visibleText(text: string): string {
  const lines = text.replace(/\r\n?/gu, '\n');
  return lines.replace(/(?![\n\t])[\p{Cc}\p{Cs}]/gu, (unit) => {
    const code = unit.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(0x24_00 + code);
    return code === 0x7f ? '␡' : '\uFFFD';
  });
}
