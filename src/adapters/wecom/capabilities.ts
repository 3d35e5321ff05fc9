import type { Capabilities, TextLimit } from '../../core/puppet-extras.js';

/** WeCom refuses files of 5 bytes and less, and those over 20 MB (D90253). */
const fileBytes = { min: 6, max: 20 * 1024 * 1024 } as const;

/** What a passive reply has no form for; a card it can only change. */
const lackedPassively = [
  'image',
  'file',
  'audio',
  'video',
  'miniProgram',
  'contact',
  'location',
  'card',
] as const;

/**
 * An app talks with single members: what is written in groups does not reach it (D90239).
 *
 * @param speaks it may send by itself; else it answers in the response of a callback alone
 */
export function weComCapabilities(speaks: boolean): Capabilities {
  const single = { rooms: false, mention: false, quote: false, tags: false };
  if (speaks) return { ...single, lacksReplies: ['contact'], fileBytes };
  return { ...single, lacksReplies: lackedPassively, oneMessage: true };
}

/** WeCom cuts off what is longer and says nothing (D90236, D90241). */
export const weComTextLimit: TextLimit = { unit: 'bytes', max: 2048 };
