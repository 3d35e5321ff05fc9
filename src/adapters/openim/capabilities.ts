import type { Capabilities, TextLimit } from '../../core/puppet-extras.js';

/**
 * Groups with mentions. The REST API of all releases up to v3.8.3 takes no quotes and answers with a
 * general error, and no server tells its version before it is tried: quotes are imitated with text
 * unless the settings say that the server has them.
 */
export function openIMCapabilities({ quotes }: { readonly quotes: boolean }): Capabilities {
  return { rooms: true, mention: true, quote: quotes, tags: false, lacksReplies, fileBytes };
}

const lacksReplies = ['link', 'miniProgram', 'contact', 'location', 'card'] as const;

/** The server refuses empty files. */
const fileBytes = { min: 1, max: Infinity } as const;

/** The server itself takes megabytes; clients show what fits a screen or two well. */
export const openIMTextLimit: TextLimit = { unit: 'characters', max: 5000 };
