import type { WechatyInterface } from 'wechaty/impls';
import type { EventHead } from '../core/event.js';
import { puppetExtras } from '../core/puppet-extras.js';
import type { PartedText } from '../core/text/quotation/parted-text.js';
import { readWords, type ToldParts } from '../core/text/read-words.js';

/** What a message says, and what its platform tells of those whom it mentions. */
export interface Said {
  /** Plain, as events have it. */
  readonly parts: PartedText;
  readonly names: NonNullable<ToldParts['names']>;
}

const noNames: Said['names'] = {};

/** What a text says and quotes, with what the platform tells beside it. */
export function saidIn(text = '', told: ToldParts = {}): Said {
  return { parts: readWords(text, told), names: told.names ?? noNames };
}

/**
 * What a message that has just arrived says and quotes. A puppet of ours may tell these apart, and
 * is asked now: it need not remember for long.
 */
export function readSaid(
  bot: WechatyInterface,
  { id, text }: { readonly id: string; readonly text?: string | undefined },
): Said {
  return saidIn(text, puppetExtras(bot.puppet).partsOf?.(id));
}

/** What a head tells of it. */
export function textsOf({ words, quoted }: PartedText): Pick<EventHead, 'text' | 'quoted'> {
  return { text: words, quoted: quoted?.text ?? '' };
}
