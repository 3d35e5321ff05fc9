import type { Capabilities, TextLimit } from '../../core/puppet-extras.js';

/** An app talks with single members: what is written in groups does not reach it (D90239). */
export const weComCapabilities: Capabilities = {
  rooms: false,
  mention: false,
  quote: false,
  tags: false,
};

/** WeCom cuts off what is longer and says nothing (D90236, D90241). */
export const weComTextLimit: TextLimit = { unit: 'bytes', max: 2048 };
