import type { SayingFailure } from '../../../core/saying-failure.js';

/**
 * Codes of what was surely not shown: nothing left this machine (`unsent`), it was held back to keep
 * the pace (`too-much`), the platform had forgotten the bot, or was busy (D101463).
 */
const untaken: ReadonlySet<string> = new Set([
  'unsent',
  'too-much',
  '846609',
  '6000',
  '846601',
  '846602',
]);
/** Codes of what nobody knows of: the connection ended, or no answer came. */
const open: ReadonlySet<string> = new Set(['closed', 'timeout']);

/** What the code of a frame that was not taken means for what was to be said. */
export function sayingOfCode(code: string): SayingFailure {
  if (untaken.has(code)) return { kind: 'not-sent' };
  return { kind: open.has(code) ? 'unknown' : 'rejected' };
}
