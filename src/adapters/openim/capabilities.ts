import type { Capabilities, TextLimit } from '../../core/puppet-extras.js';

/**
 * Groups with mentions. Quotes are imitated with text: the REST API of the releases takes none, and
 * answers with a general error.
 */
export const openIMCapabilities: Capabilities = {
  rooms: true,
  mention: true,
  quote: false,
  tags: false,
};

/** The server itself takes megabytes; clients show what fits a screen or two well. */
export const openIMTextLimit: TextLimit = { unit: 'characters', max: 5000 };
