import type { TextLimit } from '../core/puppet-extras.js';
import type { TextReply } from '../core/reply.js';
import { splitText } from '../core/text/split-text.js';
import { textSize } from '../core/text/text-size.js';

/** What stands before a text. */
export interface Lead {
  /** The name to put after the `@`; absent: nobody is mentioned. */
  readonly mention?: string;
  /** The quotation with its divider; absent: none. */
  readonly quote?: string;
}

/** The `@name ` that Wechaty puts before a text that mentions somebody. */
export function mentionText(name: string): string {
  return `@${name} `;
}

/**
 * A text as parts of one platform call each. The lead stands in the first one, where room is left
 * for the `@name ` that saying it adds; what takes half of what the platform allows is left out.
 */
export function prepareText(text: string, lead: Lead, limit: TextLimit): TextReply[] {
  let left = Math.floor(limit.max / 2);
  const take = (extra: string | undefined): number => {
    const size = textSize(extra ?? '', limit.unit);
    if (size > left) return 0;
    left -= size;
    return size;
  };
  const reserved = take(lead.mention === undefined ? undefined : mentionText(lead.mention));
  const quote = take(lead.quote) > 0 ? lead.quote : '';
  const [first, ...others] = splitText(`${quote}${text}`, limit, reserved);
  if (first === undefined) return [];
  return [
    reserved > 0 ? { type: 'text', text: first, mention: true } : { type: 'text', text: first },
    ...others.map((other): TextReply => ({ type: 'text', text: other })),
  ];
}
