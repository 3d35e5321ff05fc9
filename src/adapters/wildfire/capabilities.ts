import type { Capabilities, TextLimit } from '../../core/puppet-extras.js';

/** What a WildfireChat server can do natively, as far as Wechaty has words for it. */
export const wildfireCapabilities: Capabilities = {
  rooms: true,
  mention: true,
  quote: true,
  tags: false,
  lacksReplies: ['miniProgram'],
};

/**
 * The server takes 65,536 Java characters in all fields together, and a character of ours may be two
 * of Java's.
 */
export const wildfireTextLimit: TextLimit = { unit: 'characters', max: 32_000 };
