import type { Capabilities, TextLimit } from '../../core/puppet-extras.js';

/**
 * Groups with mentions. Quotes of rules are imitated with text: the REST API of all releases up to
 * v3.8.3 takes none and answers with a general error, and no server tells its version before it is
 * tried. `messageSendQuote` of the puppet is for those who know theirs.
 */
export const openIMCapabilities: Capabilities = {
  rooms: true,
  mention: true,
  quote: false,
  tags: false,
};

/** The server itself takes megabytes; clients show what fits a screen or two well. */
export const openIMTextLimit: TextLimit = { unit: 'characters', max: 5000 };
